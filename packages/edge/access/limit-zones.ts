import type { LimitRequestRule, LimitZone } from "@drydock/nginx";

interface Bucket {
  /** Requests above the rate. */
  excess: number;
  at: number;
}

// Keys that have been quiet are forgotten when there are more than this.
const crowd = 10_000;

/** The counters of `limit_req_zone`: leaky buckets, one a key (ngx_http_limit_req_module). They outlive a reload. */
export class LimitZones {
  readonly #zones = new Map<string, Map<string, Bucket>>();

  /** Counts a request: how many milliseconds it has to wait, or undefined when it is one too many. */
  delay(zone: LimitZone, key: string, rule: LimitRequestRule, now: number): number | undefined {
    const buckets = this.#zones.get(zone.name) ?? new Map<string, Bucket>();
    this.#zones.set(zone.name, buckets);
    const bucket = buckets.get(key);
    if (!bucket) {
      if (buckets.size >= crowd) forgetQuiet(buckets, zone.rate, now);
      buckets.set(key, { excess: 0, at: now });
      return 0;
    }
    const excess = Math.max(0, bucket.excess - (zone.rate * (now - bucket.at)) / 1000 + 1);
    if (excess > rule.burst) return undefined;
    bucket.excess = excess;
    bucket.at = now;
    return excess <= rule.undelayed ? 0 : ((excess - Math.min(rule.undelayed, excess)) * 1000) / zone.rate;
  }
}

function forgetQuiet(buckets: Map<string, Bucket>, rate: number, now: number): void {
  for (const [key, { excess, at }] of buckets) if (excess <= (rate * (now - at)) / 1000) buckets.delete(key);
}
