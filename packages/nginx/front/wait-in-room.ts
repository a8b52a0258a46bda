import { type Directive, directive } from "../directive.ts";
import { type FrontPlan, type FrontService, waitingHeaders } from "./front-plan.ts";
import { pageHeaders } from "./page-script.ts";
import { setHeader, usualHeaders } from "./request-headers.ts";

/** The named location in which a route's requests wait: the path in it, for a name has no slash and no sign of nginx's own. */
export function waitName(path: string, { upstream }: FrontService): string {
  return `@${upstream.name}_wait${path.replace(/[^a-z\d-]/gi, (sign) => `_${sign.charCodeAt(0).toString(16)}`)}`;
}

/** Passes a request to the waiting room, with what the room needs to send it on by itself. */
export function waitInRoom(path: string, service: FrontService, plan: FrontPlan): readonly Directive[] {
  const { upstream, rewrite, requestHeaders, maxBodyBytes } = service;
  const told: readonly (readonly [string, string])[] = [
    [waitingHeaders.upstream, upstream.name],
    [waitingHeaders.from, path],
    [waitingHeaders.to, rewrite ?? path],
    [waitingHeaders.sent, "$upstream_bytes_sent"],
    [waitingHeaders.status, "$upstream_status"],
  ];
  const { host = "", port = 0 } = plan.waitingRoom ?? {};
  return [
    ...(maxBodyBytes === undefined ? [] : [directive("client_max_body_size", String(maxBodyBytes))]),
    ...usualHeaders,
    ...pageHeaders(plan),
    ...[...Object.entries(requestHeaders), ...told].map(setHeader),
    directive("proxy_pass", `http://${host}:${port}`),
  ];
}
