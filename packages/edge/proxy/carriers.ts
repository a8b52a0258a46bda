import type { Pool } from "undici";
import type { CarriedAnswer, CarriedControl, CarriedRequest, CarrierTarget, FailureKind } from "./carrier.ts";
import { type ConnectFailed, connector } from "./connect.ts";

/**
 * The connections to upstream servers, by undici: of the libraries measured it carried the most requests a second, and it lets the
 * rules of nginx decide about headers, retries and connections.
 */
export class Carriers {
  readonly #pools = new Map<string, Pool>();
  readonly #loading: Promise<typeof Pool>;
  #makePool: typeof Pool | undefined;

  constructor() {
    // Its import takes 50 ms: the edge listens before that is over.
    this.#loading = import("undici").then(({ Pool }) => {
      this.#makePool = Pool;
      return Pool;
    });
  }

  /** Carries a request to a server, and what comes back to `answer`. */
  carry(target: CarrierTarget, request: CarriedRequest, answer: CarriedAnswer): void {
    if (this.#makePool) this.#dispatch(this.#pool(target, this.#makePool), request, answer);
    else void this.#loading.then((made) => this.#dispatch(this.#pool(target, made), request, answer));
  }

  /** Ends the connections; requests under way are finished first. */
  async close(): Promise<void> {
    await Promise.all([...this.#pools.values()].map((pool) => pool.close()));
  }

  /** Ends them at once. */
  async destroy(): Promise<void> {
    await Promise.all([...this.#pools.values()].map((pool) => pool.destroy()));
  }

  #pool(target: CarrierTarget, made: typeof Pool): Pool {
    const { scheme, host, port, connectTimeoutMs, keepaliveTimeoutMs, tls } = target;
    const key = `${scheme}|${host}|${port}|${connectTimeoutMs}|${keepaliveTimeoutMs}|${tls ? JSON.stringify(tls) : ""}`;
    const known = this.#pools.get(key);
    if (known) return known;
    // The connector knows the way: the origin only has to be well formed.
    const pool = new made(`${scheme}://upstream`, {
      connect: connector(target),
      pipelining: 1,
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: Math.max(1, keepaliveTimeoutMs),
      keepAliveMaxTimeout: Math.max(1, keepaliveTimeoutMs),
    });
    this.#pools.set(key, pool);
    return pool;
  }

  #dispatch(pool: Pool, { method, path, headers, body, isKept }: CarriedRequest, answer: CarriedAnswer): void {
    let isEnded = false;
    const fail = (error: Error): void => {
      if (isEnded) return;
      isEnded = true;
      answer.fail(kindOf(error), error.message);
    };
    try {
      pool.dispatch(
        { method, path, headers, body: body ?? null, reset: !isKept, idempotent: false, blocking: true },
        {
          onRequestStart: (controller) => {
            const control: CarriedControl = {
              pause: () => controller.pause(),
              resume: () => controller.resume(),
              abort: (kind) => controller.abort(new Aborted(kind)),
            };
            answer.started(control);
          },
          onResponseStart: (controller, status) => {
            if (status >= 200) answer.head(status, words(controller.rawHeaders));
          },
          onResponseData: (_, chunk) => answer.data(chunk),
          onResponseEnd: () => {
            if (isEnded) return;
            isEnded = true;
            answer.end();
          },
          onResponseError: (_, error) => fail(error),
        },
      );
    } catch (error) {
      fail(error instanceof Error ? error : new Error(String(error)));
    }
  }
}

class Aborted extends Error {
  readonly kind: FailureKind | "client";

  constructor(kind: FailureKind | "client") {
    super(kind === "timeout" ? "the server did not answer in time" : "the request was given up");
    this.kind = kind;
  }
}

function kindOf(error: Error & Partial<ConnectFailed>): FailureKind | "client" {
  if (error instanceof Aborted) return error.kind;
  if (error.isTimeout) return "timeout";
  const code = "code" in error ? String(error.code) : "";
  return /^HPE_|UND_ERR_HEADERS_OVERFLOW|UND_ERR_RES_CONTENT_LENGTH/.test(code) ? "invalid_header" : "error";
}

/** Raw headers as text, one character a byte. */
function words(raw: unknown): readonly string[] {
  if (!Array.isArray(raw)) return [];
  return raw.map((word: unknown) => (Buffer.isBuffer(word) ? word.toString("latin1") : String(word)));
}
