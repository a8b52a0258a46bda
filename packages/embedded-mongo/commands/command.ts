import type { Access, Demand } from "../auth/access.ts";
import type { CommandContext } from "../server/command-context.ts";
import type { CommandSummary } from "../server/server.ts";
import type { Document } from "../values/document.ts";

/** One command of the wire protocol; its file is named for it, and it is listed in all-commands.ts. */
export interface Command extends CommandSummary {
  /** As it is written on the wire: the first field of the request. */
  readonly name: string;
  readonly aliases?: readonly string[];
  /** What a user needs to be allowed, when authentication is on; by the request, on `database` or others, where it depends on it. */
  readonly access: Access | ((request: Document, database: string) => readonly Demand[]);
  /** Only on the database "admin". */
  readonly isAdminOnly?: boolean;
  readonly isAllowedInTransaction?: boolean;
  /** It takes a txnNumber outside transactions: the dispatcher remembers its reply and returns it again. */
  readonly isRetryableWrite?: boolean;
  /** It takes a writeConcern and changes data: the dispatcher checks and satisfies it. */
  readonly isWrite?: boolean;
  /** Its own top-level fields: others, but for the generic ones, are refused as MongoDB does. Undefined: everything passes. */
  readonly fields?: readonly string[];
  /** The reply; the dispatcher adds `ok: 1` where it is missing, and times. @throws MongoError */
  run(context: CommandContext, request: Document): Promise<Document> | Document;
}
