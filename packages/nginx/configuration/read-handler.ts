import type { Directive } from "../directive.ts";
import type { Handler, Location, PassTarget } from "./model.ts";
import type { Report } from "./report.ts";

/** Directives that say who answers a location's requests. */
export const handlerNames: ReadonlySet<string> = new Set([
  "proxy_pass",
  "stub_status",
  "empty_gif",
  "fastcgi_pass",
  "grpc_pass",
  "uwsgi_pass",
  "scgi_pass",
  "memcached_pass",
]);

/** Who answers; undefined when the block does not say. */
export function readHandler(
  block: readonly Directive[],
  match: Location["match"],
  isIf: boolean,
  report: Report,
): Handler | undefined {
  const at = block.findLast((each) => handlerNames.has(each.name));
  if (!at) return undefined;
  if (at.name === "stub_status") return { kind: "stub-status" };
  if (at.name === "empty_gif") return { kind: "empty-gif" };
  if (at.name === "proxy_pass") return readProxyPass(at, match, isIf, report);
  report.notHonoured(at);
  return { kind: "unsupported", directive: at.name };
}

function readProxyPass(at: Directive, match: Location["match"], isIf: boolean, report: Report): Handler {
  const target = report.template(at, at.words[0] ?? "");
  const fixed = target.constant === undefined ? undefined : readPassTarget(target.constant);
  const advice = "write: proxy_pass http://name:port;";
  if (at.words.length !== 1) report.problem(at, `"proxy_pass" takes one address, it has ${at.words.length}`);
  else if (target.constant !== undefined && !fixed)
    report.problem(at, `"${target.constant}" does not begin with http:// or https://`, advice);
  const hasPath = match.kind === "exact" || match.kind === "prefix" || match.kind === "preferred";
  // ngx_http_proxy_module, proxy_pass: there is no prefix that the URI could replace.
  if (fixed?.uri !== undefined && (isIf || !hasPath))
    report.problem(
      at,
      `"proxy_pass" cannot have a URI in ${isIf ? "an if" : "a location given by a regular expression or a name"}`,
      `write: proxy_pass ${fixed.scheme}://${fixed.authority};`,
    );
  return { kind: "proxy", pass: { target, fixed, replaced: hasPath ? match.path.length : 0, place: at.place } };
}

/** Takes the address of a `proxy_pass` apart; undefined when it has no scheme. */
export function readPassTarget(text: string): PassTarget | undefined {
  const unix = /^(https?):\/\/(unix:[^:]+)(?::(\/.*)?)?$/i.exec(text);
  const match = unix ?? /^(https?):\/\/([^/?]+)([/?].*)?$/i.exec(text);
  if (!match) return undefined;
  return { scheme: match[1]?.toLowerCase() === "https" ? "https" : "http", authority: match[2] ?? "", uri: match[3] };
}
