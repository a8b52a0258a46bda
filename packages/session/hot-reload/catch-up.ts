import { instancesOf } from "@drydock/core";
import type { Edit, FileChange, WatchedService } from "@drydock/watch";
import type { Session } from "../session.ts";
import { FileLedger } from "./file-ledger.ts";

/** Brings containers what was saved while nobody watched, and keeps the books about what they have. */
export class CatchUp {
  readonly #session: Session;
  readonly #services: readonly WatchedService[];
  readonly #ledger: FileLedger;

  constructor(session: Session, services: readonly WatchedService[]) {
    this.#session = session;
    this.#services = services;
    this.#ledger = new FileLedger(session.folder.directory);
  }

  /** What running containers lack; `isBuilt`: their images were just built. Nothing on an engine whose services run in the files themselves. */
  async missing(isBuilt: boolean): Promise<readonly FileChange[]> {
    if (!this.#keepsBooks) return [];
    const { compareManifests, readManifest } = await import("@drydock/watch");
    const changes: FileChange[] = [];
    for (const [service, instances] of await this.#running()) {
      const current = await readManifest(service);
      const found = this.#ledger.missing(service.name, instances, current, isBuilt, compareManifests);
      changes.push(...found.changes);
      if (!found.isNew) continue;
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
      if (edit) this.#ledger.record(service.name, instances, await readManifest(service), edit.kind === "rebuild");
    }
  }

  get #keepsBooks(): boolean {
    return this.#session.stack.engine.description.kind === "docker";
  }

  async #running(): Promise<readonly (readonly [WatchedService, readonly string[]])[]> {
    const observed = await this.#session.observe(this.#session.ended);
    return this.#services.flatMap((service) => {
      const ids = instancesOf(observed, service.name).map(({ id }) => id);
      return ids.length === 0 ? [] : [[service, ids] as const];
    });
  }
}
