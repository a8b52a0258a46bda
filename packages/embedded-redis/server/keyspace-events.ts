import type { PubSub } from "./pub-sub.ts";

// Redis's own order of letters in CONFIG GET notify-keyspace-events (notify.c); A stands for all of the first group.
const allClasses = "g$lshzxetd";
const otherClasses = "KEmn";

/** Publishes keyspace events, as far as `notify-keyspace-events` asks for them. */
export class KeyspaceEvents {
  readonly #pubSub: PubSub;
  #classes = new Set<string>();

  constructor(pubSub: PubSub) {
    this.#pubSub = pubSub;
  }

  /** The setting in Redis's normal form. */
  get setting(): string {
    const isAll = [...allClasses].every((each) => this.#classes.has(each));
    const first = isAll ? "A" : [...allClasses].filter((each) => this.#classes.has(each)).join("");
    return first + [...otherClasses].filter((each) => this.#classes.has(each)).join("");
  }

  /** Takes a setting; false when it has a letter that means nothing. */
  configure(setting: string): boolean {
    const letters = [...setting.replaceAll("A", allClasses)];
    if (letters.some((each) => !allClasses.includes(each) && !otherClasses.includes(each))) return false;
    this.#classes = new Set(letters);
    return true;
  }

  /** Publishes `event` of `key` when its class is asked for. */
  publish(eventClass: string, event: string, key: string, database: number): void {
    if (this.#classes.size === 0 || !this.#classes.has(eventClass)) return;
    if (this.#classes.has("K")) this.#pubSub.publish(`__keyspace@${database}__:${key}`, event);
    if (this.#classes.has("E")) this.#pubSub.publish(`__keyevent@${database}__:${event}`, key);
  }
}
