import type { EventFeed, FeedEvent } from "./event-feed.ts";

type ContainerNews = FeedEvent & { readonly kind: "container" };

/** The events of one container, kept until they are asked for, so that none is missed between two looks. */
export class FeedInbox {
  readonly #waiting: ContainerNews[] = [];
  #unsubscribe: () => void = () => undefined;
  #wake: ((news: ContainerNews) => void) | undefined;

  /** Listens from now on. @throws EngineFailure when the engine does not answer */
  static async open(feed: EventFeed, containerId: string): Promise<FeedInbox> {
    const inbox = new FeedInbox();
    inbox.#unsubscribe = await feed.subscribe((event) => {
      // After a break anything may have happened: that is a reason to look again.
      if (event.kind === "back")
        inbox.#put({ kind: "container", id: containerId, action: "back", exitCode: undefined });
      if (event.kind === "container" && event.id === containerId) inbox.#put(event);
    });
    return inbox;
  }

  /** The next event. Only the latest caller is answered. @throws the signal's reason when it is aborted first */
  next(signal: AbortSignal): Promise<ContainerNews> {
    const first = this.#waiting.shift();
    if (first) return Promise.resolve(first);
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const onAbort = () => {
        this.#wake = undefined;
        reject(signal.reason);
      };
      signal.addEventListener("abort", onAbort, { once: true });
      this.#wake = (news) => {
        this.#wake = undefined;
        signal.removeEventListener("abort", onAbort);
        resolve(news);
      };
    });
  }

  close(): void {
    this.#unsubscribe();
  }

  #put(news: ContainerNews): void {
    if (this.#wake) this.#wake(news);
    else this.#waiting.push(news);
  }
}
