import { AsyncLocalStorage } from "node:async_hooks";

const guarded = new AsyncLocalStorage<true>();
let isGuarding = false;

/**
 * Does some work of a project's own code, in which, and in what it leaves to run later, `process.exit` throws: it would end the supervisor,
 * and with it all that it looks after. Everybody else's `process.exit` does what it did. @throws what the work throws
 */
export function withoutExit<T>(work: () => Promise<T>): Promise<T> {
  if (!isGuarding) {
    isGuarding = true;
    const exit = process.exit;
    process.exit = (...code: Parameters<typeof process.exit>) => {
      // Without an argument it is another call: the exit code that was set stays (Node.js, process.exit).
      if (!guarded.getStore()) return exit.apply(process, code);
      throw new Error(
        `it called process.exit(${code[0] ?? ""}), which would end Drydock itself: throw an Error instead`,
      );
    };
  }
  return guarded.run(true, work);
}
