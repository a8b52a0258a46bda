/** A reply whose RESP type is not that of the JavaScript value alone. */
export type TypedReply =
  | { readonly kind: "simple"; readonly text: string }
  /** `message` begins with the code, as in "WRONGTYPE Operation against ...". */
  | { readonly kind: "error"; readonly message: string }
  /** A null that is `*-1` in RESP2. */
  | { readonly kind: "nullArray" }
  /** Keys and values in turn; a flat array in RESP2. */
  | { readonly kind: "map"; readonly pairs: readonly Reply[] }
  | { readonly kind: "set"; readonly members: readonly Reply[] }
  /** A bulk string in RESP2; `text` is how it is written when not in the shortest way. */
  | { readonly kind: "double"; readonly value: number; readonly text?: string }
  /** 1 or 0 in RESP2. */
  | { readonly kind: "boolean"; readonly value: boolean }
  /** Decimal digits; a bulk string in RESP2. */
  | { readonly kind: "bigNumber"; readonly digits: string }
  /** `format` has three letters, "txt" or "mkd"; a bulk string in RESP2. */
  | { readonly kind: "verbatim"; readonly format: string; readonly text: string }
  /** Out of band in RESP3; a plain array in RESP2. */
  | { readonly kind: "push"; readonly items: readonly Reply[] }
  /** `reply` with attributes before it; RESP2 gets the reply alone. */
  | { readonly kind: "attribute"; readonly pairs: readonly Reply[]; readonly reply: Reply }
  /** Several replies to one command (SUBSCRIBE to several channels); none for an empty list. */
  | { readonly kind: "several"; readonly replies: readonly Reply[] };

/**
 * The answer to a command. A string is a bulk string (latin1, one character a byte), a number or bigint an integer, null the
 * null bulk string, an array an array; the rest is tagged by `kind`.
 */
export type Reply = string | number | bigint | null | readonly Reply[] | TypedReply;

/** The reply +OK. */
export const ok: Reply = { kind: "simple", text: "OK" };
/** The reply +QUEUED. */
export const queued: Reply = { kind: "simple", text: "QUEUED" };
/** The null array. */
export const nullArray: Reply = { kind: "nullArray" };

/** An error reply; the message begins with its code. */
export const errorReply = (message: string): TypedReply => ({ kind: "error", message });

/** True for an error reply. */
export const isErrorReply = (reply: Reply): reply is { readonly kind: "error"; readonly message: string } =>
  typeof reply === "object" && reply !== null && "kind" in reply && reply.kind === "error";

/** A double. */
export const double = (value: number): Reply => ({ kind: "double", value });

/** A simple string. */
export const simple = (text: string): Reply => ({ kind: "simple", text });

/** A map of keys and values in turn. */
export const map = (pairs: readonly Reply[]): Reply => ({ kind: "map", pairs });
