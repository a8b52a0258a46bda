import type { Settings } from "@drydock/nginx";

/** A try that gave no good answer. */
interface FailedTry {
  /** `error`, `timeout`, `invalid_header` or `http_502`. */
  readonly reason: string;
  /** Whether some of the request reached the server. */
  readonly wasSent: boolean;
  readonly method: string;
  readonly triesDone: number;
  /** How many servers the upstream has. */
  readonly tries: number;
  readonly elapsedMs: number;
  /** Whether the body can be sent another time. */
  readonly canRepeat: boolean;
}

const notIdempotent = new Set(["POST", "LOCK", "PATCH"]);

/** ngx_http_proxy_module, proxy_next_upstream: whether a request goes to another server. What may have been carried out is repeated only where that is harmless. */
export function mayTryNext(settings: Settings, failed: FailedTry): boolean {
  const { proxyNextUpstream, proxyNextUpstreamTries, proxyNextUpstreamTimeoutMs } = settings;
  const cases = new Set(proxyNextUpstream);
  if (cases.has("off") || !cases.has(failed.reason) || !failed.canRepeat) return false;
  const tries = proxyNextUpstreamTries > 0 ? Math.min(proxyNextUpstreamTries, failed.tries) : failed.tries;
  if (failed.triesDone >= tries) return false;
  if (proxyNextUpstreamTimeoutMs > 0 && failed.elapsedMs >= proxyNextUpstreamTimeoutMs) return false;
  return !failed.wasSent || cases.has("non_idempotent") || !notIdempotent.has(failed.method);
}
