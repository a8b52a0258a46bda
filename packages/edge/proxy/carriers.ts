import { Agent, request as ask, type ClientRequest, type IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { CarriedAnswer, CarriedControl, CarriedRequest, CarrierTarget, FailureKind } from "./carrier.ts";
import { openConnection } from "./connect.ts";

/**
 * The connections to upstream servers, by node:http. It was the second fastest of the libraries measured; undici, the fastest, ends the
 * whole process by an assertion when a server closes a connection whose answer is held back for a slow client.
 */
export class Carriers {
  readonly #agents = new Map<string, UpstreamAgent>();

  /** Carries a request to a server, and what comes back to `answer`. */
  carry(target: CarrierTarget, request: CarriedRequest, answer: CarriedAnswer): void {
    const { method, path, headers, body, isKept } = request;
    const agent = this.#agent(target, isKept);
    if (!isKept) headers.push("Connection", "close");
    const outgoing = ask({ agent, method, path, headers, setHost: false, maxHeaderSize: 64 * 1024 });
    follow(outgoing, answer);
    if (body === undefined) outgoing.end();
    else if (!Buffer.isBuffer(body)) {
      body.once("error", (error) => outgoing.destroy(error));
      body.pipe(outgoing);
    } else if (body.length <= small) outgoing.end(body.toString("latin1"), "latin1");
    else outgoing.end(body);
  }

  /** Ends the connections that wait for a request; the others end with theirs. */
  close(): void {
    for (const agent of this.#agents.values()) agent.retire();
  }

  /** Ends them all at once. */
  destroy(): void {
    for (const agent of this.#agents.values()) agent.destroy();
  }

  #agent(target: CarrierTarget, isKept: boolean): Agent {
    const { upstream, scheme, host, port, connectTimeoutMs, keepalive, tls } = target;
    const key = `${upstream}|${scheme}|${host}|${port}|${connectTimeoutMs}|${isKept ? keepalive : 0}|${tls ? JSON.stringify(tls) : ""}`;
    const known = this.#agents.get(key);
    if (known) return known;
    const agent = new UpstreamAgent(target, isKept);
    this.#agents.set(key, agent);
    return agent;
  }
}

// A head and a body that are both strings go out in one write.
const small = 16 * 1024;

/** The connections to one server; as many idle ones are kept as `keepalive` says. */
class UpstreamAgent extends Agent {
  readonly #target: CarrierTarget;

  constructor(target: CarrierTarget, isKept: boolean) {
    super({ keepAlive: isKept, maxFreeSockets: Math.max(1, target.keepalive), timeout: target.keepaliveTimeoutMs });
    this.#target = target;
  }

  override createConnection(_: unknown, done?: (error: Error | null, socket: Socket) => void): undefined {
    openConnection(this.#target, (error, socket) => done?.(error, socket));
  }

  /** All connections go to the same server: there is nothing to tell apart. */
  override getName(): string {
    return "";
  }

  retire(): void {
    for (const sockets of Object.values(this.freeSockets)) for (const socket of sockets ?? []) socket.destroy();
    this.maxFreeSockets = 0;
  }
}

function follow(outgoing: ClientRequest, answer: CarriedAnswer): void {
  let message: IncomingMessage | undefined;
  let reason: FailureKind | "client" | undefined;
  let isEnded = false;
  const end = (then: () => void): void => {
    if (isEnded) return;
    isEnded = true;
    then();
  };
  const control: CarriedControl = {
    pause: () => message?.pause(),
    resume: () => message?.resume(),
    abort: (kind) => {
      reason ??= kind;
      outgoing.destroy(
        new Error(kind === "timeout" ? "the server did not answer in time" : "the request was given up"),
      );
    },
  };
  const fail = (error: Error): void => end(() => answer.fail(reason ?? kindOf(error), error.message));
  outgoing.once("socket", () => answer.started(control, outgoing.reusedSocket));
  outgoing.on("error", fail);
  outgoing.once("response", (arrived) => {
    message = arrived;
    answer.head(arrived.statusCode ?? 502, arrived.rawHeaders);
    arrived.on("data", (chunk: Buffer) => answer.data(chunk));
    arrived.once("end", () => end(() => answer.end()));
    arrived.once("error", fail);
  });
}

/** The case of proxy_next_upstream that an error of Node's is. */
function kindOf(error: Error): FailureKind {
  if ("isTimeout" in error) return "timeout";
  return "code" in error && String(error.code).startsWith("HPE_") ? "invalid_header" : "error";
}
