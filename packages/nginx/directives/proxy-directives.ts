import type { Report } from "../configuration/report.ts";
import type { CookieRule, RedirectRule } from "../configuration/settings.ts";
import { values } from "../configuration/words.ts";
import { type Directive, unquote } from "../directive.ts";
import { count, type Draft, flag, plain, type SettingReaders, text, time } from "./setting-reader.ts";

const nextUpstreamCases = new Set(
  "error timeout invalid_header http_500 http_502 http_503 http_504 http_403 http_404 http_429 non_idempotent off updating".split(
    " ",
  ),
);

/** ngx_http_proxy_module, but for `proxy_pass` itself. */
export const proxyDirectives: SettingReaders = {
  proxy_set_header: (at, own, report) => {
    const [name = "", value] = at.words;
    if (value === undefined)
      report.problem(at, '"proxy_set_header" takes a name and a value', `write: proxy_set_header ${name} "";`);
    const rule = { name: unquote(name), value: report.template(at, value ?? ""), isAlways: true };
    own.proxyHeaders = [...(own.proxyHeaders ?? []), rule];
  },
  proxy_hide_header: (at, own) => {
    own.proxyHideHeaders = [...(own.proxyHideHeaders ?? []), ...values(at).map((word) => word.toLowerCase())];
  },
  proxy_pass_header: (at, own) => {
    own.proxyPassHeaders = [...(own.proxyPassHeaders ?? []), ...values(at).map((word) => word.toLowerCase())];
  },
  proxy_redirect: (at, own, report) => {
    own.proxyRedirect = readRedirect(at, own, report);
  },
  proxy_cookie_domain: (at, own, report) => {
    own.proxyCookieDomain = [...(own.proxyCookieDomain ?? []), ...readCookieRule(at, report)];
  },
  proxy_cookie_path: (at, own, report) => {
    own.proxyCookiePath = [...(own.proxyCookiePath ?? []), ...readCookieRule(at, report)];
  },
  proxy_connect_timeout: time("proxyConnectTimeoutMs"),
  proxy_read_timeout: time("proxyReadTimeoutMs"),
  proxy_send_timeout: time("proxySendTimeoutMs"),
  proxy_buffering: flag("proxyBuffering"),
  proxy_request_buffering: flag("proxyRequestBuffering"),
  proxy_http_version: (at, own, report) => {
    const [word = ""] = values(at);
    if (!["1.0", "1.1", "2"].includes(word))
      report.problem(at, `"${word}" is no HTTP version`, "write: proxy_http_version 1.1;");
    if (word === "1.0") report.notHonoured(at, "1.0: the edge speaks HTTP/1.1 with Connection: close instead");
    if (word === "2") report.notHonoured(at, "2: the edge speaks HTTP/1.1 to upstreams instead");
    own.proxyHttpVersion = word;
  },
  proxy_method: text("proxyMethod"),
  proxy_set_body: text("proxySetBody"),
  proxy_pass_request_headers: flag("proxyPassRequestHeaders"),
  proxy_pass_request_body: flag("proxyPassRequestBody"),
  proxy_intercept_errors: flag("proxyInterceptErrors"),
  proxy_ignore_client_abort: flag("proxyIgnoreClientAbort"),
  proxy_next_upstream: (at, own, report) => {
    for (const word of values(at))
      if (!nextUpstreamCases.has(word))
        report.problem(at, `"${word}" is no case of proxy_next_upstream`, "write: proxy_next_upstream error timeout;");
    own.proxyNextUpstream = values(at);
  },
  proxy_next_upstream_tries: count("proxyNextUpstreamTries"),
  proxy_next_upstream_timeout: time("proxyNextUpstreamTimeoutMs"),
  proxy_ssl_verify: flag("proxySslVerify"),
  proxy_ssl_server_name: flag("proxySslServerName"),
  proxy_ssl_name: text("proxySslName"),
  proxy_ssl_trusted_certificate: plain("proxySslTrustedCertificate"),
  proxy_ssl_certificate: plain("proxySslCertificate"),
  proxy_ssl_certificate_key: plain("proxySslCertificateKey"),
};

function readRedirect(at: Directive, own: Draft, report: Report): readonly (RedirectRule | "default")[] {
  const [from = "", to] = at.words;
  const before = own.proxyRedirect ?? [];
  if (unquote(from) === "off") return [];
  if (unquote(from) === "default" && to === undefined) return [...before, "default"];
  if (to === undefined)
    report.problem(
      at,
      '"proxy_redirect" takes two values',
      "write: proxy_redirect http://api/ /; or proxy_redirect off;",
    );
  return [
    ...before,
    { from: readPattern(at, from, report) ?? report.template(at, from), to: report.template(at, to ?? "") },
  ];
}

function readCookieRule(at: Directive, report: Report): readonly CookieRule[] {
  const [from = "", to] = at.words;
  if (unquote(from) === "off") return [];
  if (to === undefined)
    report.problem(
      at,
      `"${at.name}" takes two values`,
      `write: ${at.name} ${from} ${at.name.endsWith("path") ? "/" : "$host"};`,
    );
  return [{ from: readPattern(at, from, report) ?? unquote(from), to: report.template(at, to ?? "") }];
}

/** `~pattern` and `~*pattern`. */
function readPattern(at: Directive, word: string, report: Report): RegExp | undefined {
  const match = /^~(\*?)([\s\S]*)$/.exec(unquote(word));
  return match ? report.regex(at, match[2] ?? "", match[1] === "*") : undefined;
}
