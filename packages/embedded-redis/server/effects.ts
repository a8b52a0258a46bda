/** A command, in the form that gives the same result whenever it is run again. */
export interface Effect {
  readonly database: number;
  readonly args: readonly string[];
}

/** Collects what the running command, transaction or script did to the data, for the append-only file. */
export class Effects {
  #effects: Effect[] = [];

  get count(): number {
    return this.#effects.length;
  }

  add(database: number, args: readonly string[]): void {
    this.#effects.push({ database, args });
  }

  /** All effects since the last call. More than one belong together: all or nothing. */
  take(): readonly Effect[] {
    const taken = this.#effects;
    this.#effects = [];
    return taken;
  }
}
