import type { KeyPositions } from "./command-shape.ts";

/** The indexes in `args` at which a command has its keys. */
export function keyPositions(keys: KeyPositions | undefined, args: readonly string[]): readonly number[] {
  if (keys === undefined) return [];
  if (typeof keys === "function") return keys(args);
  const [first, last, step] = keys;
  const end = last < 0 ? args.length + last : Math.min(last, args.length - 1);
  const positions: number[] = [];
  for (let index = first; index <= end; index += step) positions.push(index);
  return positions;
}

/** Keys that follow their number, which is at index `at` (as in `ZUNION 2 a b`), after the keys at `before`. */
export const countedKeys =
  (at: number, ...before: readonly number[]) =>
  (args: readonly string[]): readonly number[] => {
    const count = Math.min(Number(args[at] ?? 0) || 0, args.length - at - 1);
    return [...before, ...Array.from({ length: Math.max(0, count) }, (_, index) => at + 1 + index)];
  };

/** Only the first argument is a key. */
export const firstKey: KeyPositions = [1, 1, 1];
/** All arguments are keys. */
export const allKeys: KeyPositions = [1, -1, 1];
/** The first two arguments are keys. */
export const twoKeys: KeyPositions = [1, 2, 1];
