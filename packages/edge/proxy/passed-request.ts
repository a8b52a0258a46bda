import { resolve } from "node:path";
import type { PassTarget } from "@drydock/nginx";
import { begin } from "../answer.ts";
import type { Balancer, PeerState } from "../balance/peer-state.ts";
import type { Attempt, Exchange } from "../exchange.ts";
import { fail } from "../fail.ts";
import type { Sink } from "../sink.ts";
import { remoteAddress } from "../variables/address-variables.ts";
import type { CarriedAnswer, CarriedControl, CarrierTarget, CarrierTls, FailureKind } from "./carrier.ts";
import { carryUpgrade } from "./carry-upgrade.ts";
import { mayTryNext } from "./next-upstream.ts";
import type { RequestBody } from "./request-body.ts";
import { responseHeaders } from "./response-headers.ts";

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
      if (!exchange.response.writableFinished && !exchange.settings.proxyIgnoreClientAbort)
        this.#control?.abort("client");
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
    const attempt: Attempt = {
      address,
      isFirst: this.#attempts.length === 0,
      status: undefined,
      startedAt: performance.now(),
      connectedAt: undefined,
      headAt: undefined,
      endedAt: undefined,
      bytesSent: 0,
      bytesReceived: 0,
      headers: [],
    };
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
    const bytes = body.kind === "whole" ? body.bytes : body.kind === "stream" ? body.stream : undefined;
    const target = this.#target(state);
    if (upgrade !== undefined)
      carryUpgrade(this.#exchange, target, { method, path: this.#passed.uri, headers, upgrade }, answer);
    else generation.carriers.carry(target, { method, path: this.#passed.uri, headers, body: bytes, isKept }, answer);
  }

  #target({ peer }: PeerState): CarrierTarget {
    const { settings } = this.#exchange;
    const { scheme } = this.#passed.target;
    const { keepalive, keepaliveTimeoutMs } = this.#balancer;
    return {
      scheme,
      host: peer.host,
      port: peer.port,
      connectTimeoutMs: settings.proxyConnectTimeoutMs,
      keepalive,
      keepaliveTimeoutMs,
      tls: scheme === "https" ? this.#tls() : undefined,
    };
  }

  #tls(): CarrierTls {
    const { settings, lookup, generation } = this.#exchange;
    const absolute = (path: string | undefined) => (path === undefined ? undefined : resolve(generation.prefix, path));
    const name = settings.proxySslName?.evaluate(lookup) ?? this.#passed.target.authority.replace(/:\d+$/, "");
    return {
      verifies: settings.proxySslVerify,
      name: settings.proxySslServerName && !/^[\d.]+$|:/.test(name) ? name : undefined,
      trusted: absolute(settings.proxySslTrustedCertificate),
      certificate: absolute(settings.proxySslCertificate),
      key: absolute(settings.proxySslCertificateKey),
    };
  }

  #answer(state: PeerState, attempt: Attempt): CarriedAnswer {
    const exchange = this.#exchange;
    let timer: NodeJS.Timeout | undefined;
    let sink: Sink | undefined;
    let isDropped = false;
    const done = (isFailed: boolean): void => {
      clearTimeout(timer);
      attempt.endedAt = performance.now();
      state.end(isFailed, attempt.endedAt);
    };
    return {
      started: (control) => {
        this.#control = control;
        attempt.connectedAt = performance.now();
        attempt.bytesSent = this.#size();
        if (exchange.isClientGone) control.abort("client");
        timer = setTimeout(() => control.abort("timeout"), exchange.settings.proxyReadTimeoutMs);
      },
      head: (status, headers) => {
        timer?.refresh();
        attempt.headAt = performance.now();
        attempt.status = status;
        attempt.headers = headers;
        if (this.#mayTryNext(`http_${status}`, true)) {
          isDropped = true;
          done(true);
          this.#control?.abort("client");
          this.next();
        } else if (this.#isIntercepted(status, headers)) {
          isDropped = true;
          done(false);
          this.#control?.abort("client");
        } else sink = this.#begin(status, headers);
      },
      data: (chunk) => {
        if (isDropped) return;
        timer?.refresh();
        attempt.bytesReceived += chunk.length;
        if (!sink || sink.write(chunk)) return;
        // The client is slower than the server: it is waited for, however long that takes.
        this.#control?.pause();
        clearTimeout(timer);
        sink.whenDrained(() => {
          this.#control?.resume();
          timer = setTimeout(() => this.#control?.abort("timeout"), exchange.settings.proxyReadTimeoutMs);
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
        this.#failed(kind, words, attempt, sink);
      },
    };
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
    if (sink) sink.abort();
    else if (exchange.isClientGone) return;
    else {
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
      triesDone: this.#attempts.length,
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
