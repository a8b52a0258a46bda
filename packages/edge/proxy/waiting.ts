import type { Settings } from "@drydock/nginx";

/** The one timeout that runs while a request is passed on, by what is waited for at the moment. */
export class Waiting {
  readonly #settings: Settings;
  readonly #expired: (kind: "timeout" | "client") => void;
  #timer: NodeJS.Timeout | undefined;
  #what: "upstream" | "sending" | "body" | "reader" | undefined;

  /** @param expired `timeout` where the upstream is too slow, `client` where the client is */
  constructor(settings: Settings, expired: (kind: "timeout" | "client") => void) {
    this.#settings = settings;
    this.#expired = expired;
  }

  /** For bytes of the upstream: proxy_read_timeout between two of them. */
  forUpstream(): void {
    this.#wait("upstream", this.#settings.proxyReadTimeoutMs, "timeout");
  }

  /** For the upstream to take bytes: proxy_send_timeout. */
  forSending(): void {
    this.#wait("sending", this.#settings.proxySendTimeoutMs, "timeout");
  }

  /** For the client's next bytes of its body: client_body_timeout. */
  forBody(): void {
    this.#wait("body", this.#settings.clientBodyTimeoutMs, "client");
  }

  /** For the client to take bytes: send_timeout. */
  forReader(): void {
    this.#wait("reader", this.#settings.sendTimeoutMs, "client");
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#what = undefined;
  }

  #wait(what: "upstream" | "sending" | "body" | "reader", timeMs: number, kind: "timeout" | "client"): void {
    if (this.#what === what) {
      this.#timer?.refresh();
      return;
    }
    clearTimeout(this.#timer);
    this.#what = what;
    this.#timer = setTimeout(() => this.#expired(kind), timeMs);
  }
}
