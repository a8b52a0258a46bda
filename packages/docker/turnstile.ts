/** Lets one piece of work through at a time, in the order in which they came. */
export class Turnstile {
  #last: Promise<unknown> = Promise.resolve();

  next<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    // A failure is its owner's; whoever comes next does not care how the one before ended.
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
