import type { RedisValue } from "../keyspace/value.ts";
import type { CommandContext } from "../server/command-context.ts";
import { expireHashFields } from "../server/expire-hash-fields.ts";
import { wrongType } from "./command-error.ts";

type ValueOf<Kind extends RedisValue["kind"]> = Extract<RedisValue, { readonly kind: Kind }>;

const isOfKind = <Kind extends RedisValue["kind"]>(value: RedisValue, kind: Kind): value is ValueOf<Kind> =>
  value.kind === kind;

/**
 * The value under a key, of this kind; undefined when there is none.
 * @throws CommandError WRONGTYPE when it is of another kind
 */
export function findValue<Kind extends RedisValue["kind"]>(
  context: CommandContext,
  key: string,
  kind: Kind,
): ValueOf<Kind> | undefined {
  const value = context.database.get(key);
  if (value === undefined) return undefined;
  if (value.kind === "hash" && value.hasExpiries && !expireHashFields(context, key, value)) return undefined;
  if (!isOfKind(value, kind)) throw wrongType();
  return value;
}
