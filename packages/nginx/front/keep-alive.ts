import { type Directive, directive } from "../directive.ts";
import { isOlder } from "../features.ts";
import type { FrontPlan } from "./front-plan.ts";

/**
 * How long connections are kept. A reload closes idle ones just when a client uses them again, unless `keepalive_min_timeout` holds them, which nginx has from
 * 1.27.4 on: `endAfterAnswer` is for the older.
 */
export function keepAlive({ version }: FrontPlan): readonly Directive[] {
  const kept = directive("keepalive_timeout", "65s");
  return isOlder(version, "1.27.4") ? [kept] : [kept, directive("keepalive_min_timeout", "10s")];
}

/**
 * What a location says where nginx is old and reloaded all the time, as before a stack under work: a connection of HTTP/1.1 ends with its answer (of 13,000 requests of 60
 * clients over 20 reloads, 903 were lost on 1.22, and none with this: session/front/lossless.full.test.ts). Those of HTTP/2 ask the server alone, which must keep them: with none kept nginx
 * says GOAWAY with the first request, and browsers give up the others that they had sent with it (ERR_HTTP2_SERVER_REFUSED_STREAM; 2,418 of 12,700 requests in the same test). A reload tells them by GOAWAY which
 * requests to send again (RFC 9113, section 6.8).
 */
export function endAfterAnswer({ version, generation }: FrontPlan): readonly Directive[] {
  return isOlder(version, "1.27.4") && generation !== undefined ? [directive("keepalive_timeout", "0")] : [];
}
