import { instancesOf, nothingObserved } from "@drydock/core";
import type { FileChange } from "@drydock/watch";
import type { Session } from "../session.ts";
import type { StackSource } from "../supervisor.ts";
import { CatchUp, type Gap } from "./catch-up.ts";
import { EditQueue } from "./edit-queue.ts";
import { OwnWrites } from "./own-writes.ts";
import { staticFolders } from "./static-folders.ts";
import { areOnPages, isLeftOutByAll, watchedFilesOf } from "./watched-files.ts";

/** Watches what services run from, and lets them follow what a person saves; from the first `up` until `down`. */
export class HotReload {
  readonly #session: Session;
  #watching: Watching | undefined;
  /** The environment that is watched, as JSON. */
  #watched = "";
  #isFollowed = false;
  /** When the last watch was let go of, in milliseconds since the epoch. */
  #watchedUntil = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(session: Session) {
    this.#session = session;
    session.ended.addEventListener("abort", () => void this.stop(), { once: true });
  }

  /** Looks at the files already, which takes a moment, while the stack comes up. What is saved meanwhile waits for `watch`. */
  open(source: StackSource): Promise<void> {
    return this.#inTurn(() => this.#look(source, false));
  }

  /**
   * Follows the files of the stack as it is described now; what was watched before is let go of. What was saved since a service was started, and nobody
   * saw, is followed as well. `isBuilt`: images were just built; `upAt`: when the `up` began that started what is new, in milliseconds since the epoch.
   */
  watch(source: StackSource, isBuilt: boolean, upAt = this.#session.clock.now()): Promise<void> {
    return this.#inTurn(async () => {
      // New images have other files in them, and other rules for what is ignored.
      await this.#look(source, isBuilt && this.#isFollowed);
      if (this.#isFollowed) return;
      this.#isFollowed = true;
      await this.#watching?.follow({ isBuilt, upAt, watchedUntil: this.#watchedUntil });
    });
  }

  /** Watches for the stack as it is now, where it watched before. */
  async followAgain(source: StackSource): Promise<void> {
    if (this.#watching) await this.watch(source, false);
  }

  /** Lets go of every file; an edit under way is cut off. */
  stop(): Promise<void> {
    return this.#inTurn(() => this.#letGo());
  }

  /** Another `up` of the same files: what is watched stays, unless it is to be looked at `anew`. */
  async #look(source: StackSource, anew: boolean): Promise<void> {
    if (this.#session.ended.aborted) return;
    const { environment, settings } = this.#session.stack;
    const pages = await staticFolders(this.#session);
    const watched = JSON.stringify([environment, settings.reload, pages]);
    if (this.#watching && watched === this.#watched && !anew) return;
    await this.#letGo();
    this.#watching = await begin(this.#session, source, pages);
    this.#watched = watched;
  }

  async #letGo(): Promise<void> {
    const watching = this.#watching;
    if (!watching) return;
    // What it held back was never followed, and is to be found again.
    if (this.#isFollowed) this.#watchedUntil = this.#session.clock.now();
    this.#watching = undefined;
    this.#isFollowed = false;
    await watching.stop();
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const next = this.#last.then(work);
    this.#last = next.catch(() => undefined);
    return next;
  }
}

/** Files that are looked at. */
interface Watching {
  /** Brings what services lack, and from then on what is saved, or was saved since. */
  follow(gap: Gap): Promise<void>;
  stop(): Promise<void>;
}

const nothingToWatch: Watching = { follow: async () => undefined, stop: async () => undefined };

/** Resolves when changes are seen. */
async function begin(session: Session, source: StackSource, pages: readonly string[]): Promise<Watching> {
  const { FollowUps, isWatched, planEdits, Settle, watchFiles, givesEvents } = await import("@drydock/watch");
  const services = await watchedFilesOf(session.stack.environment, pages);
  const { environment, settings } = session.stack;
  const followUps = new FollowUps(environment.directory, settings.reload.rules);
  if (services.length === 0 && followUps.roots.length === 0) return nothingToWatch;
  const catchUp = new CatchUp(session, services);
  const ownWrites = new OwnWrites((service) =>
    instancesOf({ ...nothingObserved, instances: session.board.all }, service),
  );
  const queue = new EditQueue(session, source, {
    plan: (changes) => {
      const edits = ownWrites.leaveOut(planEdits(services, changes));
      return { edits, followUps: followUps.plan(edits, changes) };
    },
    onBegin: ({ edits }) => ownWrites.begin(edits, session.clock.now()),
    onRan: (ran) => followUps.ran(ran),
    onApplied: async ({ edits, followUps: carriedOut }) => {
      followUps.applied(carriedOut);
      if (areOnPages(edits, session)) await session.front?.reloadPages();
      await catchUp.record(edits);
    },
  });
  /** What was saved before anybody follows it. */
  let held: HeldChanges | undefined = { changes: [], firstAt: undefined, seen: new Set() };
  const settle = new Settle(session.clock, (changes: readonly FileChange[], firstAt: number) => {
    if (!held) return queue.add(changes, firstAt);
    held.changes.push(...changes);
    held.firstAt ??= firstAt;
  });
  const notice = (message: string, hint?: string) =>
    session.publish({
      kind: "notice",
      at: session.clock.now(),
      level: "warning",
      message,
      ...(hint === undefined ? {} : { hint }),
    });
  const polls = !(await givesEvents(session.folder.directory, session.clock));
  if (polls) notice("The file system tells no changes: files are looked at once a second.");
  const close = await watchFiles({
    paths: [...new Set([...services.flatMap(({ rules }) => rules.map(({ path }) => path)), ...followUps.roots])],
    // A folder that no rule means may hold one that a rule means: only what a rule leaves out goes.
    isIgnored: (path) => isLeftOutByAll(services, path) && !followUps.isOnTheWay(path),
    polls,
    onChange: (change, isNew) => {
      if (!isWatched(services, change.path) && !followUps.isWatched(change.path)) return;
      held?.seen.add(change.path);
      settle.add(change, isNew);
    },
    onLimit: (error) => notice(error.message, error.hint),
  });
  return {
    async follow(gap) {
      const missing = await catchUp.missing(gap);
      const { changes, firstAt, seen }: HeldChanges = held ?? { changes: [], firstAt: undefined, seen: new Set() };
      held = undefined;
      // What the watch saw settles by itself.
      const all = [...missing.filter(({ path }) => !seen.has(path)), ...changes];
      if (all.length > 0) queue.add(all, firstAt ?? session.clock.now());
    },
    async stop() {
      settle.close();
      queue.close();
      await close();
    },
  };
}

interface HeldChanges {
  readonly changes: FileChange[];
  /** When the first of them was seen, in milliseconds since the epoch. */
  firstAt: number | undefined;
  /** Paths of all that was seen, also of what has not settled yet. */
  readonly seen: Set<string>;
}
