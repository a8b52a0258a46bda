import type { EventFeed, FeedEvent } from "./event-feed.ts";

type ContainerNews = FeedEvent & { readonly kind: "container" };

/** The events of one container, kept until they are asked for, so that none is missed between two looks. */
export class FeedInbox {
  readonly #waiting: ContainerNews[] = [];
  #unsubscribe: () => void = () => undefined;
  #next: Promise<ContainerNews> | undefined;
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

  /** Resolves with the next event that nobody has taken; asked again meanwhile, gives the same promise. */
  next(): Promise<ContainerNews> {
    this.#next ??= new Promise((resolve) => {
      const first = this.#waiting.shift();
      if (first) return resolve(first);
      this.#wake = resolve;
    });
    return this.#next;
  }

  /** Takes the event that `next` has given. */
  taken(): void {
    this.#next = undefined;
    this.#wake = undefined;
  }

  close(): void {
    this.#unsubscribe();
  }

  #put(news: ContainerNews): void {
    const wake = this.#wake;
    this.#wake = undefined;
    if (wake) wake(news);
    else this.#waiting.push(news);
  }
}
