import { ListValue } from "../../keyspace/list-value.ts";
import type { Reply } from "../../resp/reply.ts";
import type { CommandContext } from "../../server/command-context.ts";
import type { Command } from "../command.ts";
import { CommandError, syntaxError, wrongType } from "../command-error.ts";
import { integer, readFloat } from "../numbers.ts";
import { OptionReader } from "../options.ts";

interface SortOptions {
  readonly by: string | undefined;
  readonly gets: readonly string[];
  readonly isDescending: boolean;
  readonly isAlphabetical: boolean;
  readonly offset: number;
  readonly count: number;
  readonly store: string | undefined;
}

function readSortOptions(args: readonly string[]): SortOptions {
  const options = new OptionReader(args, 2);
  const gets: string[] = [];
  let [by, store]: [string | undefined, string | undefined] = [undefined, undefined];
  let [isDescending, isAlphabetical, offset, count] = [false, false, 0, -1];
  while (options.hasMore) {
    if (options.take("ASC")) isDescending = false;
    else if (options.take("DESC")) isDescending = true;
    else if (options.take("ALPHA")) isAlphabetical = true;
    else if (options.take("LIMIT")) [offset, count] = [integer(options.value()), integer(options.value())];
    else if (args[0]?.toLowerCase() === "sort" && options.take("STORE")) store = options.value();
    else if (options.take("BY")) by = options.value();
    else if (options.take("GET")) gets.push(options.value());
    else throw syntaxError();
  }
  return { by, gets, isDescending, isAlphabetical, offset, count, store };
}

/** The value that a pattern of BY or GET names for an element; null for none. */
function lookUp(context: CommandContext, pattern: string, element: string): string | null {
  if (pattern === "#") return element;
  const star = pattern.indexOf("*");
  if (star < 0) return null;
  const arrow = pattern.indexOf("->", star);
  const isField = arrow >= 0 && arrow + 2 < pattern.length;
  const keyPattern = isField ? pattern.slice(0, arrow) : pattern;
  const value = context.database.get(keyPattern.slice(0, star) + element + keyPattern.slice(star + 1));
  if (isField) return value?.kind === "hash" ? (value.get(pattern.slice(arrow + 2)) ?? null) : null;
  return value?.kind === "string" ? value.bytes : null;
}

function elementsOf(context: CommandContext, key: string): string[] {
  const value = context.database.get(key);
  if (value === undefined) return [];
  if (value.kind === "list") return [...value];
  if (value.kind === "set") return value.members();
  if (value.kind === "sortedSet") return [...value].map(([member]) => member);
  throw wrongType();
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function sorted(context: CommandContext, key: string, options: SortOptions): string[] {
  const { by, isAlphabetical, isDescending } = options;
  const elements = elementsOf(context, key);
  const isSortedSet = context.database.peek(key)?.kind === "sortedSet";
  const isSkippingSort = by !== undefined && !by.includes("*");
  const isStoredSet = context.database.peek(key)?.kind === "set" && options.store !== undefined;
  if (isSkippingSort && !isStoredSet) return isSortedSet && isDescending ? elements.reverse() : elements;
  const weighted = elements.map((element) => {
    const weight = by === undefined || isSkippingSort ? element : lookUp(context, by, element);
    if (isAlphabetical || isSkippingSort) return { element, weight, score: 0 };
    const score = weight === null || weight === "" ? 0 : readFloat(weight);
    if (score === undefined) throw new CommandError("ERR One or more scores can't be converted into double");
    return { element, weight, score };
  });
  const direction = isDescending ? -1 : 1;
  weighted.sort((a, b) => {
    const order =
      isAlphabetical || isSkippingSort
        ? compareNullable(a.weight, b.weight)
        : Math.sign(a.score === b.score ? compareText(a.element, b.element) : a.score - b.score);
    return direction * order;
  });
  return weighted.map(({ element }) => element);
}

function compareNullable(a: string | null, b: string | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
  return compareText(a, b);
}

function runSort(context: CommandContext, args: readonly string[]): Reply {
  const key = args[1] ?? "";
  const options = readSortOptions(args);
  const all = sorted(context, key, options);
  const start = Math.max(0, options.offset);
  const limited = all.slice(start, options.count < 0 ? undefined : start + options.count);
  const gets = options.gets.length === 0 ? ["#"] : options.gets;
  const rows = limited.flatMap((element) => gets.map((pattern) => lookUp(context, pattern, element)));
  if (options.store === undefined) return rows;
  const { database } = context;
  if (rows.length === 0) {
    if (database.delete(options.store)) context.notify("g", "del", options.store);
    return 0;
  }
  database.set(options.store, ListValue.of(rows.map((each) => each ?? "")));
  context.notify("l", "sortstore", options.store);
  return rows.length;
}

function sortKeys(args: readonly string[]): readonly number[] {
  const store = args.findLastIndex((arg, index) => index > 1 && arg.toUpperCase() === "STORE");
  return store > 0 ? [1, store + 1] : [1];
}

/** SORT, SORT_RO. */
export const sortCommands: readonly Command[] = [
  {
    name: "sort",
    arity: -2,
    flags: ["write", "denyoom", "movablekeys"],
    categories: ["set", "sortedset", "list", "dangerous"],
    group: "generic",
    keys: sortKeys,
    summary: "Sorts a list, a set or a sorted set, and stores the result when asked.",
    run: runSort,
  },
  {
    name: "sort_ro",
    arity: -2,
    flags: ["readonly", "movablekeys"],
    categories: ["set", "sortedset", "list", "dangerous"],
    group: "generic",
    keys: [1, 1, 1],
    summary: "Sorts a list, a set or a sorted set.",
    run: runSort,
  },
];
