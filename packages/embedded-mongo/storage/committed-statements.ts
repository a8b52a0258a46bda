import { Document } from "../values/document.ts";
import { encodeDocument } from "../values/encode.ts";
import type { CommittedStatement, StatementOrigin } from "./store.ts";
import type { Tables } from "./tables.ts";
import type { Changer } from "./view.ts";

/**
 * In `catalog`: `t` and a session's key -> when (8 bytes), the number (8 bytes), and for a retryable write its reply as BSON. It is written with
 * what the statement has changed, as MongoDB's `config.transactions` is: who asks again after a crash is answered by it.
 */
const keyOf = (sessionKey: string): Buffer => Buffer.from(`t${sessionKey}`);
const all = { from: Buffer.from("t"), to: Buffer.from("u"), isReverse: false };
const headBytes = 16;

/** Remembers the newest statement of a session; the write of that statement is going on. */
export function rememberStatement(changer: Changer, origin: StatementOrigin, reply: unknown, nowMs: number): void {
  const head = Buffer.allocUnsafe(headBytes);
  head.writeDoubleLE(nowMs, 0);
  head.writeBigInt64LE(origin.number, 8);
  const value = reply instanceof Document ? Buffer.concat([head, encodeDocument(reply)]) : head;
  const key = keyOf(origin.sessionKey);
  changer.put("catalog", key, value, changer.get("catalog", key));
}

/** What was remembered of a session. */
export function readStatement(tables: Tables, sessionKey: string): CommittedStatement | undefined {
  const value = tables.get("catalog", keyOf(sessionKey));
  if (!value) return undefined;
  const bytes = value.subarray(headBytes);
  return {
    number: value.readBigInt64LE(8),
    reply: bytes.length > 0 ? Document.read(Buffer.from(bytes)) : undefined,
  };
}

/** Forgets what is older than a time, ms: their sessions have ended. */
export async function forgetStatements(tables: Tables, beforeMs: number): Promise<void> {
  const old: Buffer[] = [];
  for (const { key, value } of tables.range("catalog", all)) if (value.readDoubleLE(0) < beforeMs) old.push(key);
  if (old.length === 0) return;
  await tables.transaction(() => {
    for (const key of old) {
      const value = tables.get("catalog", key);
      if (value && value.readDoubleLE(0) < beforeMs) tables.remove("catalog", key);
    }
  });
}
