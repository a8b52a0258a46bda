import { join } from "node:path";
import type { FileChange, FileManifest } from "@drydock/watch";
import { type JsonState, jsonState } from "../json-state.ts";

/** What the instances of one service have of its files. */
interface Entry {
  /** The instances that have them, by their engine's ids, sorted. */
  readonly instances: readonly string[];
  /** What they have now. */
  readonly present: FileManifest;
  /** What their image was built from: a new instance begins with it. */
  readonly built: FileManifest;
}

/** `isNew`: the instances were not there at the last look. */
export interface Missing {
  readonly changes: readonly FileChange[];
  readonly isNew: boolean;
}

type Ledger = Readonly<Record<string, Entry>>;

/**
 * Remembers which files containers have, so that what was saved while nobody watched is brought over at the next `up`. Containers outlive
 * the supervisor; local processes do not, and read their files anew when they start.
 */
export class FileLedger {
  readonly #state: JsonState<Ledger>;

  /** `directory`: the state folder. */
  constructor(directory: string) {
    this.#state = jsonState<Ledger>(join(directory, "files.json"), {});
  }

  /**
   * What a service's instances lack of its files as they are now (`current`). Instances that are seen for the first time were made from `current`,
   * as far as anybody knows; those of a build begin with it too.
   */
  missing(
    service: string,
    instances: readonly string[],
    current: FileManifest,
    isBuilt: boolean,
    compare: (before: FileManifest, after: FileManifest) => readonly FileChange[],
  ): Missing {
    const entry = this.#state.read()[service];
    const ids = [...instances].sort();
    if (!entry || isBuilt) {
      this.#write(service, { instances: ids, present: current, built: current });
      return { changes: [], isNew: true };
    }
    const areSame = ids.join() === entry.instances.join();
    const present = areSame ? entry.present : entry.built;
    this.#write(service, { ...entry, instances: ids, present });
    return { changes: compare(present, current), isNew: !areSame };
  }

  /** The instances have these files now; `isBuilt`: in their image. */
  record(service: string, instances: readonly string[], current: FileManifest, isBuilt: boolean): void {
    const entry = this.#state.read()[service];
    const built = isBuilt ? current : (entry?.built ?? current);
    this.#write(service, { instances: [...instances].sort(), present: current, built });
  }

  #write(service: string, entry: Entry): void {
    this.#state.write({ ...this.#state.read(), [service]: entry });
  }
}
