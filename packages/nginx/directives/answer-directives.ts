import type { Report } from "../configuration/report.ts";
import type { ErrorPage, ExpiresRule } from "../configuration/settings.ts";
import { parameters, readTime, values } from "../configuration/words.ts";
import { type Directive, unquote } from "../directive.ts";
import { flag, plain, type SettingReaders } from "./setting-reader.ts";

/** What is added to answers and said about them: headers, error pages, logs. */
export const answerDirectives: SettingReaders = {
  add_header: (at, own, report) => {
    const [name = "", value, always] = at.words;
    if (value === undefined)
      report.problem(at, '"add_header" takes a name and a value', `write: add_header ${name} "value";`);
    if (at.words.length > 3 || (always !== undefined && always !== "always"))
      report.problem(
        at,
        `"${at.words.slice(2).join(" ")}" is not "always"`,
        `put a value with spaces in quotes: add_header ${name} "..." always;`,
      );
    const rule = { name: unquote(name), value: report.template(at, value ?? ""), isAlways: always === "always" };
    own.addHeaders = [...(own.addHeaders ?? []), rule];
  },
  expires: (at, own, report) => {
    own.expires = readExpires(at, report);
  },
  error_page: (at, own, report) => {
    own.errorPages = [...(own.errorPages ?? []), readErrorPage(at, report)];
  },
  recursive_error_pages: flag("recursiveErrorPages"),
  access_log: (at, own, report) => {
    const [path = "", ...rest] = at.words;
    if (unquote(path) === "off") {
      own.accessLog = [];
      return;
    }
    const named = rest.map(unquote);
    const condition = parameters(named).get("if");
    const format = named.find((word) => !/^(if|buffer|flush|gzip)(=|$)/.test(word)) ?? "combined";
    const rule = {
      path: report.template(at, path),
      format,
      condition: condition === undefined ? undefined : report.template(at, condition),
    };
    own.accessLog = [...(own.accessLog ?? []), rule];
  },
  server_tokens: plain("serverTokens"),
  absolute_redirect: flag("absoluteRedirect"),
  port_in_redirect: flag("portInRedirect"),
  server_name_in_redirect: flag("serverNameInRedirect"),
};

function readErrorPage(at: Directive, report: Report): ErrorPage {
  const words = [...at.words];
  const target = words.pop() ?? "";
  const answer = words.at(-1)?.startsWith("=") ? words.pop()?.slice(1) : undefined;
  const statuses = words.map(Number);
  for (const [index, status] of statuses.entries())
    if (!(status >= 300 && status <= 599))
      report.problem(at, `"${words[index]}" is not a status from 300 to 599`, "write: error_page 502 504 /50x.html;");
  if (statuses.length === 0)
    report.problem(at, '"error_page" takes statuses and a URI', "write: error_page 502 504 /50x.html;");
  return { statuses, answer: answer === undefined ? undefined : Number(answer), target: report.template(at, target) };
}

function readExpires(at: Directive, report: Report): ExpiresRule {
  const words = values(at);
  const [first = ""] = words;
  if (first === "off" || first === "epoch" || first === "max") return { kind: first, seconds: 0 };
  const word = words.at(-1) ?? "";
  const [, sign = "", rest = ""] = /^([-+@]?)(.*)$/.exec(word) ?? [];
  const timeMs = readTime(rest);
  if (timeMs === undefined) {
    const advice = "write: expires 30d; or off, epoch, max, modified +1h";
    if (word.includes("$")) report.notHonoured(at, "with a variable is not honoured by the embedded edge");
    else report.problem(at, `"${word}" is not a time`, advice);
    return { kind: "off", seconds: 0 };
  }
  const seconds = (sign === "-" ? -1 : 1) * Math.floor(timeMs / 1000);
  if (sign === "@") return { kind: "daily", seconds };
  return { kind: first === "modified" ? "modified" : "after", seconds };
}
