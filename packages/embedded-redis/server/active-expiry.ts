import type { CommandContext, Server } from "./command-context.ts";
import { expireHashFields } from "./expire-hash-fields.ts";

// Redis looks ten times a second (redis.conf: hz 10) and takes at most a quarter of its time.
const everyMs = 100;
const maxKeysAtOnce = 2000;

/** Removes keys and hash fields whose time has come, even when nobody asks for them. Returns how to end it. */
export function startActiveExpiry(server: Server, context: () => CommandContext, settle: () => void): () => void {
  const timer = setInterval(() => {
    if (!server.isExpiryActive) return;
    server.now = Date.now();
    server.runningClient = undefined;
    let didExpire = false;
    for (const database of server.databases) {
      const due = database.nextDue();
      if (due === undefined || due > server.now) continue;
      didExpire = true;
      database.expireDue(maxKeysAtOnce);
      const each = context();
      each.selected = database.index;
      for (let entry = database.takeDueHash(); entry !== undefined; entry = database.takeDueHash()) {
        if (entry.value.kind === "hash") expireHashFields(each, entry.key, entry.value);
      }
    }
    if (didExpire) settle();
  }, everyMs);
  return () => clearInterval(timer);
}
