import type { HashValue } from "../keyspace/hash-value.ts";
import type { CommandContext } from "./command-context.ts";

/** Removes the fields of a hash whose time has come, and the hash when it is empty then; returns false in that case. */
export function expireHashFields(context: CommandContext, key: string, hash: HashValue): boolean {
  const { database, server } = context;
  const expired = hash.expireFields(context.now());
  if (expired.length > 0) {
    const { changes } = server;
    database.changed(key);
    server.changes = changes;
    server.effects.add(database.index, ["HDEL", key, ...expired]);
    context.notify("h", "hexpired", key);
  }
  if (hash.size > 0) {
    const next = hash.earliestExpiry();
    if (expired.length > 0 && next > 0) database.scheduleFieldExpiry(key, next);
    return true;
  }
  const { changes } = server;
  database.delete(key);
  server.changes = changes;
  context.notify("g", "del", key);
  return false;
}
