import type { Reply } from "../resp/reply.ts";

/** What Redis says about a command in COMMAND INFO, as far as this server acts on it. */
export type CommandFlag =
  | "write"
  | "readonly"
  /** Refused when memory is over its limit. */
  | "denyoom"
  | "admin"
  | "pubsub"
  | "noscript"
  | "blocking"
  | "loading"
  | "stale"
  | "fast"
  | "no_auth"
  | "no_multi"
  | "skip_monitor"
  | "skip_slowlog"
  | "movablekeys"
  | "allow_busy"
  /** Waits in a pause of writes, though it writes no data itself; not shown by COMMAND. */
  | "may_replicate"
  | "no_mandatory_keys";

/** The group of COMMAND DOCS; with the flags it decides the ACL categories. */
export type CommandGroup =
  | "string"
  | "generic"
  | "list"
  | "set"
  | "hash"
  | "sorted-set"
  | "stream"
  | "bitmap"
  | "hyperloglog"
  | "geo"
  | "pubsub"
  | "transactions"
  | "connection"
  | "server"
  | "scripting";

/** Where the keys are: the first, the last (negative counts from the end), the step; or a function that gives their positions in `args`. */
export type KeyPositions =
  | readonly [first: number, last: number, step: number]
  | ((args: readonly string[]) => readonly number[]);

/** What there is to know of a command without running it. */
export interface CommandDescription {
  /** In lower case; a subcommand is named "config|get". */
  readonly name: string;
  /** The number of arguments with the name; negative for "at least". */
  readonly arity: number;
  readonly flags: readonly CommandFlag[];
  readonly group: CommandGroup;
  /** ACL categories beyond those that group and flags imply, without "@". */
  readonly categories?: readonly string[];
  readonly keys?: KeyPositions;
  /** One sentence for COMMAND DOCS. */
  readonly summary: string;
}

/** A command, of a context that `commands/command.ts` fixes. `args[0]` is always the command's name. */
export interface CommandShape<Context> extends CommandDescription {
  readonly subcommands?: readonly CommandShape<Context>[];
  /** @throws CommandError, which becomes an error reply */
  run(context: Context, args: readonly string[]): Reply | Promise<Reply>;
}
