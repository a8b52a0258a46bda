import { type Instance, instancesOf } from "@drydock/core";
import type { Edit, FileChange, WatchedService } from "@drydock/watch";
import type { Session } from "../session.ts";
import { FileLedger } from "./file-ledger.ts";

/** The time in which nobody watched. Times in milliseconds since the epoch. */
export interface Gap {
  /** Images were just built. */
  readonly isBuilt: boolean;
  /** When the `up` began that started what is new. */
  readonly upAt: number;
  /** Until when an earlier watch saw everything; 0 where there was none. */
  readonly watchedUntil: number;
}

/** Brings services what was saved while nobody watched, and keeps the books about what they have. */
export class CatchUp {
  readonly #session: Session;
  readonly #services: readonly WatchedService[];
  readonly #ledger: FileLedger;

  constructor(session: Session, services: readonly WatchedService[]) {
    this.#session = session;
    this.#services = services;
    this.#ledger = new FileLedger(session.folder.directory);
  }

  /** What running services lack. On an engine whose services run in the files themselves: what was written since their processes were started. */
  async missing(gap: Gap): Promise<readonly FileChange[]> {
    const { changedSince, compareManifests, readManifest } = await import("@drydock/watch");
    const changes: FileChange[] = [];
    for (const [service, instances] of await this.#running()) {
      if (!this.#keepsBooks) {
        const startedAt = Math.min(...instances.map((instance) => instance.startedAt ?? gap.upAt));
        changes.push(...(await changedSince(service, Math.max(startedAt, gap.watchedUntil))));
        continue;
      }
      const current = await readManifest(service);
      const ids = instances.map(({ id }) => id);
      const found = this.#ledger.missing(service.name, ids, current, gap.isBuilt, compareManifests);
      changes.push(...found.changes);
      if (!found.isNew) continue;
      // An image may have been built, and a program have read what is mounted, before this was written.
      changes.push(...(await changedSince(service, gap.upAt)));
      // Compose Develop Specification, initial_sync: all of it, whatever the image has.
      const initial = await readManifest(service, ({ isInitiallySynced }) => isInitiallySynced);
      changes.push(...Object.keys(initial).map((path): FileChange => ({ path, kind: "written" })));
    }
    return changes;
  }

  /** These edits have arrived. */
  async record(edits: readonly Edit[]): Promise<void> {
    if (!this.#keepsBooks) return;
    const { readManifest } = await import("@drydock/watch");
    for (const [service, instances] of await this.#running()) {
      const edit = edits.find((each) => each.service === service.name);
      const ids = instances.map(({ id }) => id);
      if (edit) this.#ledger.record(service.name, ids, await readManifest(service), edit.kind === "rebuild");
    }
  }

  get #keepsBooks(): boolean {
    return this.#session.stack.engine.description.kind === "docker";
  }

  async #running(): Promise<readonly (readonly [WatchedService, readonly Instance[]])[]> {
    const observed = await this.#session.observe(this.#session.ended);
    return this.#services.flatMap((service) => {
      const instances = instancesOf(observed, service.name);
      return instances.length === 0 ? [] : [[service, instances] as const];
    });
  }
}
