import {
  formatStreamId,
  nextStreamId,
  type StreamId,
  smallestStreamId,
  smallStreamId,
  streamId,
  streamIdMs,
  streamIdSequence,
} from "../../keyspace/stream-id.ts";
import { StreamValue } from "../../keyspace/stream-value.ts";
import { ok } from "../../resp/reply.ts";
import type { CommandContext } from "../../server/command-context.ts";
import type { Command } from "../command.ts";
import { CommandError, noSuchKey, syntaxError, wrongCount } from "../command-error.ts";
import { findValue } from "../find-value.ts";
import { firstKey } from "../key-positions.ts";
import { integer } from "../numbers.ts";
import { OptionReader } from "../options.ts";
import { invalidId, readId } from "./entry-ids.ts";
import { readTrim, type Trim, trimStream, trimWord } from "./trim.ts";

const tooSmall = () =>
  new CommandError("ERR The ID specified in XADD is equal or smaller than the target stream top item");
const exhausted = () => new CommandError("ERR The stream has exhausted the last possible ID, unable to add more items");

/** The id of the next entry: `*`, `ms-*`, or a given one. @throws CommandError */
function chooseId(text: string, lastId: StreamId, now: number): StreamId {
  const following = nextStreamId(lastId);
  if (following === undefined) throw exhausted();
  if (text === "*") {
    const wanted = smallStreamId(now, 0);
    return wanted > lastId ? wanted : following;
  }
  if (text.endsWith("-*")) return chooseSequence(text.slice(0, -2), lastId);
  const id = readId(text);
  if (id <= lastId) throw tooSmall();
  return id;
}

function chooseSequence(msText: string, lastId: StreamId): StreamId {
  if (!/^\d+$/.test(msText)) throw invalidId();
  const ms = streamIdMs(readId(msText));
  const lastMs = streamIdMs(lastId);
  if (ms < lastMs) throw tooSmall();
  if (ms > lastMs) return streamId(ms, 0n);
  const sequence = streamIdSequence(lastId);
  if (sequence === 0xffff_ffff_ffff_ffffn) throw tooSmall();
  return streamId(ms, sequence + 1n);
}

const xadd: Command = {
  name: "xadd",
  arity: -5,
  flags: ["write", "denyoom", "fast"],
  group: "stream",
  keys: firstKey,
  summary: "Adds an entry to a stream.",
  run(context, args) {
    const key = args[1] ?? "";
    const options = new OptionReader(args, 2);
    let [isExistingOnly, trim]: [boolean, Trim | undefined] = [false, undefined];
    for (;;) {
      if (options.take("NOMKSTREAM")) isExistingOnly = true;
      else if (options.take("MAXLEN")) trim = readTrim("MAXLEN", options);
      else if (options.take("MINID")) trim = readTrim("MINID", options);
      else break;
    }
    const idText = options.value();
    const fields = options.rest();
    if (idText !== "*" && !/^\d+(-(\d+|\*))?$/.test(idText)) throw invalidId();
    if (/^0+(-0+)?$/.test(idText)) throw new CommandError("ERR The ID specified in XADD must be greater than 0-0");
    if (fields.length < 2 || fields.length % 2 !== 0) throw wrongCount("xadd");
    const existing = findValue(context, key, "stream");
    if (existing === undefined && isExistingOnly) return null;
    const stream = existing ?? new StreamValue();
    const id = chooseId(idText, stream.lastId, context.now());
    stream.append(id, fields);
    stream.lastId = id;
    stream.entriesAdded++;
    if (existing === undefined) context.database.set(key, stream);
    else context.database.changed(key);
    context.notify("t", "xadd", key);
    context.propagate("XADD", key, formatStreamId(id), ...fields);
    if (trim !== undefined && trimStream(stream, trim) > 0) afterTrim(context, key, stream);
    return formatStreamId(id);
  },
};

function afterTrim(context: CommandContext, key: string, stream: StreamValue): void {
  context.notify("t", "xtrim", key);
  context.propagate("XTRIM", key, "MAXLEN", "=", String(stream.length));
}

const xtrim: Command = {
  name: "xtrim",
  arity: -4,
  flags: ["write"],
  group: "stream",
  keys: firstKey,
  summary: "Removes the oldest entries of a stream.",
  run(context, args) {
    const key = args[1] ?? "";
    const options = new OptionReader(args, 2);
    const trim = readTrim(trimWord(options.word()), options);
    if (options.hasMore) throw syntaxError();
    const stream = findValue(context, key, "stream");
    if (stream === undefined) return 0;
    const removed = trimStream(stream, trim);
    if (removed === 0) return 0;
    context.database.changed(key);
    afterTrim(context, key, stream);
    return removed;
  },
};

const xdel: Command = {
  name: "xdel",
  arity: -3,
  flags: ["write", "fast"],
  group: "stream",
  keys: firstKey,
  summary: "Removes entries of a stream.",
  run(context, args) {
    const key = args[1] ?? "";
    const stream = findValue(context, key, "stream");
    if (stream === undefined) return 0;
    const ids = args.slice(2).map((text) => readId(text));
    let removed = 0;
    for (const id of ids) {
      if (!stream.delete(id)) continue;
      removed++;
      if (id > stream.maxDeletedId) stream.maxDeletedId = id;
    }
    if (removed > 0) {
      context.database.changed(key);
      context.notify("t", "xdel", key);
    }
    return removed;
  },
};

const xsetid: Command = {
  name: "xsetid",
  arity: -3,
  flags: ["write", "denyoom", "fast"],
  group: "stream",
  keys: firstKey,
  summary: "Sets the last id of a stream.",
  run(context, args) {
    const [, key = "", idText] = args;
    const id = readId(idText);
    const options = new OptionReader(args, 3);
    let [entriesAdded, maxDeletedId]: [number | undefined, StreamId | undefined] = [undefined, undefined];
    while (options.hasMore) {
      if (options.take("ENTRIESADDED")) entriesAdded = integer(options.value());
      else if (options.take("MAXDELETEDID")) maxDeletedId = readId(options.value());
      else throw syntaxError();
    }
    if (entriesAdded !== undefined && entriesAdded < 0) throw new CommandError("ERR entries_added must be positive");
    if (maxDeletedId !== undefined && id < maxDeletedId) {
      throw new CommandError("ERR The ID specified in XSETID is smaller than the provided max_deleted_entry_id");
    }
    const stream = findValue(context, key, "stream");
    if (stream === undefined) throw noSuchKey();
    if (stream.length > 0 && id < stream.newestId) {
      throw new CommandError("ERR The ID specified in XSETID is smaller than the target stream top item");
    }
    if (entriesAdded !== undefined && entriesAdded < stream.length) {
      throw new CommandError("ERR The entries_added specified in XSETID is smaller than the target stream length");
    }
    stream.lastId = id;
    if (entriesAdded !== undefined) stream.entriesAdded = entriesAdded;
    if (maxDeletedId !== undefined && maxDeletedId !== smallestStreamId) stream.maxDeletedId = maxDeletedId;
    context.database.changed(key);
    context.notify("t", "xsetid", key);
    return ok;
  },
};

/** XADD, XTRIM, XDEL, XSETID. */
export const addAndTrim: readonly Command[] = [xadd, xtrim, xdel, xsetid];
