import type { PassTarget } from "@drydock/nginx";
import { begin } from "../answer.ts";
import { type Attempt, beginAttempt } from "../attempt.ts";
import type { Balancer, PeerState } from "../balance/peer-state.ts";
import type { Exchange } from "../exchange.ts";
import { fail } from "../fail.ts";
import type { Sink } from "../sink.ts";
import { remoteAddress } from "../variables/address-variables.ts";
import type { CarriedAnswer, CarriedControl, FailureKind } from "./carrier.ts";
import { carrierTarget } from "./carrier-target.ts";
import { carryUpgrade } from "./carry-upgrade.ts";
import { mayTryNext } from "./next-upstream.ts";
import type { RequestBody } from "./request-body.ts";
import { responseHeaders } from "./response-headers.ts";
import { Waiting } from "./waiting.ts";

/** What is passed on. */
interface PassedContent {
  readonly method: string;
  readonly headers: string[];
  readonly body: RequestBody;
  /** The protocol that is asked for; undefined for an ordinary request. */
  readonly upgrade: string | undefined;
  readonly keepsConnection: boolean;
}

/** A request on its way through the servers of an upstream, until one answers or none is left. */
export class PassedRequest {
  readonly #exchange: Exchange;
  readonly #passed: { readonly target: PassTarget; readonly uri: string };
  readonly #content: PassedContent;
  readonly #balancer: Balancer;
  readonly #tried = new Set<PeerState>();
  readonly #startedAt = performance.now();
  readonly #attempts: Attempt[] = [];
  #control: CarriedControl | undefined;
  /** What the client's own fault with its body comes to. */
  #refusal: 408 | 413 | undefined;
  /** Connections that were kept and turned out to be closed: they do not count as tries (ngx_http_upstream_next). */
  #staleConnections = 0;

  constructor(
    exchange: Exchange,
    passed: { readonly target: PassTarget; readonly uri: string },
    content: PassedContent,
  ) {
    this.#exchange = exchange;
    this.#passed = passed;
    this.#content = content;
    this.#balancer = exchange.generation.balancer(passed.target.authority, passed.target.scheme);
    exchange.response.once("close", () => {
      if (!exchange.response.writableEnded && !exchange.settings.proxyIgnoreClientAbort) this.#control?.abort("client");
    });
  }

  /** Asks the next server. */
  next(): void {
    const { lookup, generation } = this.#exchange;
    const state = this.#balancer.next({ lookup, address: remoteAddress(this.#exchange), tried: this.#tried });
    if (!state) {
      if (this.#attempts.length === 0) this.#record(this.#balancer.name).endedAt = performance.now();
      generation.parts.log(
        `no live upstreams in "${this.#balancer.name}" for ${this.#exchange.method} ${this.#exchange.rawUri}`,
      );
      fail(this.#exchange, 502);
      return;
    }
    this.#tried.add(state);
    this.#ask(state);
  }

  #record(address: string): Attempt {
    const attempt = beginAttempt(address, this.#attempts.length === 0);
    this.#attempts.push(attempt);
    this.#exchange.attempts = [...this.#exchange.attempts, attempt];
    return attempt;
  }

  #ask(state: PeerState): void {
    const { generation } = this.#exchange;
    const attempt = this.#record(state.peer.address);
    const answer = this.#answer(state, attempt);
    const { method, headers, body, upgrade, keepsConnection } = this.#content;
    const isKept = keepsConnection && this.#balancer.keepalive > 0;
    const bytes = body.kind === "whole" ? body.bytes : body.kind === "stream" ? body.stream.readable : undefined;
    const target = carrierTarget(this.#exchange, this.#passed.target, state.peer, this.#balancer);
    if (upgrade !== undefined)
      carryUpgrade(this.#exchange, target, { method, path: this.#passed.uri, headers, upgrade }, answer);
    else generation.carriers.carry(target, { method, path: this.#passed.uri, headers, body: bytes, isKept }, answer);
  }

  #answer(state: PeerState, attempt: Attempt): CarriedAnswer {
    const exchange = this.#exchange;
    const waiting = new Waiting(exchange.settings, (kind) => this.#control?.abort(kind));
    let sink: Sink | undefined;
    let isDropped = false;
    let isStale = false;
    const done = (isFailed: boolean): void => {
      waiting.end();
      this.#control = undefined;
      attempt.endedAt = performance.now();
      state.end(isFailed, attempt.endedAt);
    };
    const drop = (isFailed: boolean): void => {
      isDropped = true;
      const control = this.#control;
      done(isFailed);
      control?.abort("client");
    };
    return {
      started: (control, isReused) => {
        this.#control = control;
        isStale = isReused;
        attempt.connectedAt = performance.now();
        attempt.bytesSent = this.#size();
        if (exchange.isClientGone) control.abort("client");
        this.#watchBody(waiting);
      },
      head: (status, headers) =>
        exchange.guard(() => {
          isStale = false;
          waiting.forUpstream();
          attempt.headAt = performance.now();
          attempt.status = status;
          attempt.headers = headers;
          if (this.#mayTryNext(`http_${status}`, true)) {
            // ngx_http_upstream_next: these two are no failures of the server.
            drop(status !== 403 && status !== 404);
            this.next();
          } else if (this.#isIntercepted(status, headers)) drop(false);
          else sink = this.#begin(status, headers);
        }),
      data: (chunk) => {
        if (isDropped) return;
        waiting.forUpstream();
        attempt.bytesReceived += chunk.length;
        if (!sink || sink.write(chunk)) return;
        // The client is slower than the server: it is waited for, as long as send_timeout lets it.
        this.#control?.pause();
        waiting.forReader();
        sink.whenDrained(() => {
          this.#control?.resume();
          waiting.forUpstream();
        });
      },
      end: () => {
        if (isDropped) return;
        done(false);
        sink?.end();
      },
      fail: (kind, words) => {
        if (isDropped) return;
        done(kind !== "client");
        if (isStale && kind === "error") {
          this.#staleConnections += 1;
          this.#tried.delete(state);
        }
        exchange.guard(() => this.#failed(kind, words, attempt, sink));
      },
    };
  }

  #watchBody(waiting: Waiting): void {
    const { body } = this.#content;
    if (body.kind !== "stream") waiting.forUpstream();
    else
      body.stream.whenPhase((phase) => {
        if (phase === "done") waiting.forUpstream();
        else if (phase === "upstream") waiting.forSending();
        else {
          this.#refusal = phase === "client" ? 408 : 413;
          waiting.forBody();
        }
      });
  }

  #begin(status: number, headers: readonly string[]): Sink {
    const exchange = this.#exchange;
    const length = headers.findIndex((word, index) => index % 2 === 0 && word.toLowerCase() === "content-length");
    return begin(exchange, {
      status,
      headers: responseHeaders(exchange, this.#passed.target, headers),
      length: length < 0 ? undefined : Number(headers[length + 1]),
      isLive: true,
    });
  }

  /** Answers that the location gives another form: `proxy_intercept_errors`, `X-Accel-Redirect`. */
  #isIntercepted(status: number, headers: readonly string[]): boolean {
    const exchange = this.#exchange;
    const { settings } = exchange;
    const at = headers.findIndex((word, index) => index % 2 === 0 && word.toLowerCase() === "x-accel-redirect");
    if (at >= 0) {
      const target = headers[at + 1] ?? "/";
      if (target.startsWith("@")) exchange.goTo(target);
      else exchange.redirect(target.split("?")[0] ?? "/", target.split("?")[1] ?? "");
      return true;
    }
    if (!settings.proxyInterceptErrors || status < 300) return false;
    if (!settings.errorPages.some(({ statuses }) => statuses.includes(status))) return false;
    const challenge = headers.findIndex((word) => word.toLowerCase() === "www-authenticate");
    fail(exchange, status, status === 401 && challenge >= 0 ? ["WWW-Authenticate", headers[challenge + 1] ?? ""] : []);
    return true;
  }

  #failed(kind: FailureKind | "client", words: string, attempt: Attempt, sink: Sink | undefined): void {
    const exchange = this.#exchange;
    if (kind !== "client")
      exchange.generation.parts.log(`${exchange.method} ${exchange.rawUri} at ${attempt.address}: ${words}`);
    const isRefused = kind === "client" || (this.#refusal === 413 && kind === "error");
    if (sink) sink.abort();
    else if (exchange.isClientGone) return;
    else if (isRefused && this.#refusal !== undefined) {
      exchange.closesConnection = true;
      fail(exchange, this.#refusal);
    } else {
      attempt.status = kind === "timeout" ? 504 : 502;
      if (kind !== "client" && this.#mayTryNext(kind, attempt.connectedAt !== undefined)) this.next();
      else fail(exchange, attempt.status);
    }
  }

  #mayTryNext(reason: string, wasSent: boolean): boolean {
    const { settings } = this.#exchange;
    return mayTryNext(settings, {
      reason,
      wasSent,
      method: this.#content.method,
      triesDone: this.#attempts.length - this.#staleConnections,
      tries: this.#balancer.tries,
      elapsedMs: performance.now() - this.#startedAt,
      canRepeat: this.#content.body.kind !== "stream" || !wasSent,
    });
  }

  #size(): number {
    const { headers, method, body } = this.#content;
    const head = headers.reduce((sum, word) => sum + word.length + 2, method.length + this.#passed.uri.length + 13);
    return head + (body.kind === "whole" ? body.bytes.length : 0);
  }
}
