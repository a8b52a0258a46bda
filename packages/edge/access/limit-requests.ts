import type { LimitRequestRule } from "@drydock/nginx";
import type { Exchange } from "../exchange.ts";
import { fail } from "../fail.ts";
import type { LimitZones } from "./limit-zones.ts";

/** Goes on when the location's `limit_req` rules allow it, at once or later; answers with limit_req_status otherwise. */
export function limitRequest(exchange: Exchange, goOn: () => void): void {
  const { limitRequests, limitRequestStatus } = exchange.settings;
  if (limitRequests.length === 0) {
    goOn();
    return;
  }
  const { limits } = exchange.generation.parts;
  const delays = limitRequests.map((rule) => delayOf(rule, exchange, limits));
  if (delays.includes(undefined)) {
    exchange.limitStatus = "REJECTED";
    exchange.generation.parts.log(
      `limiting requests: ${exchange.method} ${exchange.rawUri} is answered ${limitRequestStatus}`,
    );
    fail(exchange, limitRequestStatus);
    return;
  }
  const delayMs = Math.max(...delays.map((delay) => delay ?? 0));
  exchange.limitStatus = delayMs > 0 ? "DELAYED" : "PASSED";
  if (delayMs > 0) setTimeout(() => exchange.guard(goOn), delayMs);
  else goOn();
}

function delayOf(rule: LimitRequestRule, exchange: Exchange, limits: LimitZones): number | undefined {
  const zone = exchange.generation.configuration.limitZones.get(rule.zone);
  const key = zone?.key.evaluate(exchange.lookup) ?? "";
  // Requests with an empty key are not counted (ngx_http_limit_req_module).
  return zone && key !== "" ? limits.delay(zone, key, rule, performance.now()) : 0;
}
