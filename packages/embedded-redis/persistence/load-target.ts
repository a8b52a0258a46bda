import type { RdbVisitor } from "./rdb/read-rdb.ts";

/** Takes what files hold, in order, when a server starts. */
export interface LoadTarget extends RdbVisitor {
  /** Runs commands of the append-only file; several belong to one transaction or script. @throws what ends the loading */
  commands(commands: readonly { readonly database: number; readonly args: readonly string[] }[]): void;
}
