import { type Directive, directive } from "../directive.ts";
import { quote } from "../rewrite-paths.ts";
import type { FrontPlan, FrontRoute, FrontService } from "./front-plan.ts";
import { pageHeaders, withPageScript } from "./page-script.ts";
import { setHeader, usualHeaders } from "./request-headers.ts";
import { waitInRoom, waitName } from "./wait-in-room.ts";

/** One route as a location, with what answers for a service that cannot be reached. `siteHeaders` are those of the whole site. */
export function routeLocation(
  route: FrontRoute,
  plan: FrontPlan,
  siteHeaders: readonly Directive[],
): readonly Directive[] {
  const { path, isExact, answer } = route;
  const own = Object.entries(route.headers).map(([name, value]) =>
    directive("add_header", name, quote(value), "always"),
  );
  // A location that adds a header inherits none (ngx_http_headers_module, add_header).
  const headers = own.length === 0 ? [] : [...siteHeaders, ...own];
  const script = plan.pages && route.hasPageScript ? withPageScript : [];
  const words = isExact ? ["=", quote(path)] : [quote(path)];
  if (answer.kind === "service" && plan.waitingRoom) {
    const wait = [...headers, ...script, ...waitInRoom(path, answer, plan)];
    // An upstream without a server cannot be written down.
    if (answer.upstream.servers.length === 0) return [{ ...directive("location", ...words), block: wait }];
    const block = [...headers, ...script, ...answerOf(route, plan)];
    return [
      { ...directive("location", ...words), block },
      { ...directive("location", waitName(path, answer)), block: wait },
    ];
  }
  const location = { ...directive("location", ...words), block: [...headers, ...script, ...answerOf(route, plan)] };
  const hasPage = answer.kind === "service" && answer.unavailable !== undefined;
  return hasPage ? [location, unavailablePage(answer, siteHeaders)] : [location];
}

/** Requests of a client beyond what a route allows are counted under this name. */
export const zoneName = ({ upstream, perSecond }: FrontService): string => `${upstream.name}_${perSecond}`;

function answerOf({ path, answer }: FrontRoute, plan: FrontPlan): readonly Directive[] {
  switch (answer.kind) {
    case "service":
      return answer.upstream.servers.length > 0 ? pass(path, answer, plan) : unavailable(answer.unavailable ?? "");
    case "redirect":
      return [directive("return", String(answer.status), quote(answer.to))];
    case "folder":
      return [
        directive(path === "/" ? "root" : "alias", quote(withSlash(answer.directory, path))),
        directive("try_files", "$uri", "$uri/", answer.fallback === undefined ? "=404" : quote(answer.fallback)),
      ];
    case "unavailable":
      return unavailable(answer.text);
  }
}

function withSlash(directory: string, path: string): string {
  return path.endsWith("/") && path !== "/" ? `${directory}/` : directory;
}

function pass(path: string, service: FrontService, plan: FrontPlan): readonly Directive[] {
  const { upstream, rewrite, timeoutMs, tries, maxBodyBytes, perSecond, unavailable: page } = service;
  const requestHeaders = Object.entries(service.requestHeaders);
  return [
    ...(perSecond === undefined ? [] : [directive("limit_req", `zone=${zoneName(service)}`, `burst=${perSecond}`)]),
    ...(maxBodyBytes === undefined ? [] : [directive("client_max_body_size", String(maxBodyBytes))]),
    ...(requestHeaders.length === 0 ? [] : [...usualHeaders, ...pageHeaders(plan), ...requestHeaders.map(setHeader)]),
    ...(timeoutMs === undefined ? [] : [directive("proxy_read_timeout", `${timeoutMs}ms`)]),
    ...(tries === undefined ? [] : triesOf(tries)),
    ...unreachable(
      plan.waitingRoom ? ["=", waitName(path, service)] : page === undefined ? [] : ["=503", pageName(service)],
    ),
    directive("proxy_pass", `${upstream.scheme}://${upstream.name}${rewrite ?? ""}`),
  ];
}

function triesOf(tries: number): readonly Directive[] {
  if (tries <= 1) return [directive("proxy_next_upstream", "off")];
  return [directive("proxy_next_upstream_tries", String(tries))];
}

const unreachable = (words: readonly string[]): readonly Directive[] =>
  words.length === 0 ? [] : [directive("error_page", "502", "504", ...words)];

const pageName = ({ upstream }: FrontService): string => `@${upstream.name}_unavailable`;

function unavailablePage(service: FrontService, siteHeaders: readonly Directive[]): Directive {
  const retry = directive("add_header", "Retry-After", "1", "always");
  const block = [...siteHeaders, retry, ...unavailable(service.unavailable ?? "")];
  return { ...directive("location", pageName(service)), block };
}

function unavailable(text: string): readonly Directive[] {
  return [
    directive("default_type", "text/plain"),
    directive("return", "503", quote(`${text}\\n`).replace("\\\\n", "\\n")),
  ];
}
