import { ok, type Reply } from "../../resp/reply.ts";
import type { Command } from "../command.ts";
import { CommandError, noSuchKey, syntaxError } from "../command-error.ts";
import { findValue } from "../find-value.ts";
import { indexRange } from "../index-range.ts";
import { firstKey } from "../key-positions.ts";
import { integer } from "../numbers.ts";
import { OptionReader } from "../options.ts";
import { afterRemoval } from "./push-and-pop.ts";

const llen: Command = {
  name: "llen",
  arity: 2,
  flags: ["readonly", "fast"],
  group: "list",
  keys: firstKey,
  summary: "Returns the length of a list.",
  run: (context, [, key = ""]) => findValue(context, key, "list")?.length ?? 0,
};

const lindex: Command = {
  name: "lindex",
  arity: 3,
  flags: ["readonly"],
  group: "list",
  keys: firstKey,
  summary: "Returns the element at an index.",
  run(context, [, key = "", text]) {
    const list = findValue(context, key, "list");
    if (list === undefined) return null;
    const index = integer(text);
    return list.at(index < 0 ? list.length + index : index) ?? null;
  },
};

const lrange: Command = {
  name: "lrange",
  arity: 4,
  flags: ["readonly"],
  group: "list",
  keys: firstKey,
  summary: "Returns the elements between two indexes.",
  run(context, [, key = "", start, end]) {
    const [from, to] = [integer(start), integer(end)];
    const list = findValue(context, key, "list");
    return list === undefined ? [] : list.slice(...indexRange(from, to, list.length));
  },
};

const lset: Command = {
  name: "lset",
  arity: 4,
  flags: ["write", "denyoom"],
  group: "list",
  keys: firstKey,
  summary: "Replaces the element at an index.",
  run(context, [, key = "", text, element = ""]) {
    const list = findValue(context, key, "list");
    if (list === undefined) throw noSuchKey();
    const index = integer(text);
    const at = index < 0 ? list.length + index : index;
    if (at < 0 || at >= list.length) throw new CommandError("ERR index out of range");
    list.setAt(at, element);
    context.database.changed(key);
    context.notify("l", "lset", key);
    return ok;
  },
};

const linsert: Command = {
  name: "linsert",
  arity: 5,
  flags: ["write", "denyoom"],
  group: "list",
  keys: firstKey,
  summary: "Inserts an element before or after another one.",
  run(context, [, key = "", where = "", pivot = "", element = ""]) {
    const place = where.toUpperCase();
    if (place !== "BEFORE" && place !== "AFTER") throw syntaxError();
    const list = findValue(context, key, "list");
    if (list === undefined) return 0;
    const elements = [...list];
    const at = elements.indexOf(pivot);
    if (at < 0) return -1;
    elements.splice(place === "AFTER" ? at + 1 : at, 0, element);
    list.replaceAll(elements);
    context.database.changed(key);
    context.notify("l", "linsert", key);
    return list.length;
  },
};

const lrem: Command = {
  name: "lrem",
  arity: 4,
  flags: ["write"],
  group: "list",
  keys: firstKey,
  summary: "Removes elements that equal one, from the head or the tail.",
  run(context, [, key = "", countText, element = ""]) {
    const count = integer(countText);
    const list = findValue(context, key, "list");
    if (list === undefined) return 0;
    const elements = count < 0 ? [...list].reverse() : [...list];
    const limit = count === 0 ? Number.POSITIVE_INFINITY : Math.abs(count);
    let removed = 0;
    const kept = elements.filter((each) => each !== element || ++removed > limit);
    removed = elements.length - kept.length;
    if (removed === 0) return 0;
    list.replaceAll(count < 0 ? kept.reverse() : kept);
    context.notify("l", "lrem", key);
    afterRemoval(context, key, list);
    return removed;
  },
};

const ltrim: Command = {
  name: "ltrim",
  arity: 4,
  flags: ["write"],
  group: "list",
  keys: firstKey,
  summary: "Keeps only the elements between two indexes.",
  run(context, [, key = "", startText, endText]) {
    const [from, to] = [integer(startText), integer(endText)];
    const list = findValue(context, key, "list");
    if (list === undefined) return ok;
    const [start, end] = indexRange(from, to, list.length);
    const fromTail = list.length - end;
    if (start + fromTail < list.length / 2) {
      for (let count = 0; count < start; count++) list.popHead();
      for (let count = 0; count < fromTail; count++) list.popTail();
    } else list.replaceAll(list.slice(start, end));
    context.notify("l", "ltrim", key);
    afterRemoval(context, key, list);
    return ok;
  },
};

const lpos: Command = {
  name: "lpos",
  arity: -3,
  flags: ["readonly"],
  group: "list",
  keys: firstKey,
  summary: "Returns the indexes of elements that equal one.",
  run(context, args): Reply {
    const [, key = "", element = ""] = args;
    const options = new OptionReader(args, 3);
    let [rank, count, maxLength]: [number, number | undefined, number] = [1, undefined, 0];
    while (options.hasMore) {
      if (options.take("RANK")) rank = readRank(options.value());
      else if (options.take("COUNT")) count = atLeastZero(options.value(), "COUNT can't be negative");
      else if (options.take("MAXLEN")) maxLength = atLeastZero(options.value(), "MAXLEN can't be negative");
      else throw syntaxError();
    }
    const list = findValue(context, key, "list");
    if (list === undefined) return count === undefined ? null : [];
    const found: number[] = [];
    const wanted = count === undefined ? 1 : count || Number.POSITIVE_INFINITY;
    const looked = Math.min(list.length, maxLength || Number.POSITIVE_INFINITY);
    let toSkip = Math.abs(rank) - 1;
    for (let step = 0; step < looked && found.length < wanted; step++) {
      const index = rank > 0 ? step : list.length - 1 - step;
      if (list.at(index) === element && toSkip-- <= 0) found.push(index);
    }
    return count === undefined ? (found[0] ?? null) : found;
  },
};

function readRank(text: string): number {
  const rank = integer(text);
  if (rank !== 0 && rank > -(2 ** 63)) return rank;
  throw new CommandError(
    rank === 0
      ? "ERR RANK can't be zero: use 1 to start from the first match, 2 from the second ... or use negative to start from the end of the list"
      : "ERR value is out of range, must be between -9223372036854775807 and 9223372036854775807",
  );
}

function atLeastZero(text: string, message: string): number {
  const value = integer(text, () => new CommandError(`ERR ${message}`));
  if (value < 0) throw new CommandError(`ERR ${message}`);
  return value;
}

/** LLEN, LINDEX, LRANGE, LSET, LINSERT, LREM, LTRIM, LPOS. */
export const listElements: readonly Command[] = [llen, lindex, lrange, lset, linsert, lrem, ltrim, lpos];
