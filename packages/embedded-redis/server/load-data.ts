import type { LoadTarget } from "../persistence/load-target.ts";
import { tooFewDatabases, unknownCommandInLog } from "../persistence/persistence-errors.ts";
import type { KeyRecord } from "../persistence/rdb/read-rdb.ts";
import { isErrorReply } from "../resp/reply.ts";
import type { CommandContext, Server } from "./command-context.ts";
import { executeCommand } from "./execute-command.ts";
import { findCommand } from "./find-command.ts";

/** Puts loaded data into a server. Time stands still meanwhile, so that nothing expires that a later command kept. */
export class DataLoader implements LoadTarget {
  readonly #server: Server;
  readonly #context: CommandContext;
  /** Function libraries and FUNCTION commands, which wait for the Lua engine. */
  readonly #functions: (readonly string[])[] = [];

  constructor(server: Server, context: CommandContext) {
    this.#server = server;
    this.#context = context;
    server.isNested = true;
    server.now = 0;
  }

  key({ database: index, key, value, expiresAt }: KeyRecord): void {
    const database = this.#server.databases[index];
    if (database === undefined) throw tooFewDatabases(index, this.#server.databases.length);
    database.set(key, value);
    if (expiresAt !== 0) database.setExpiry(key, expiresAt);
    if (value.kind === "hash" && value.hasExpiries) database.scheduleFieldExpiry(key, value.earliestExpiry());
  }

  library(code: string): void {
    this.#functions.push(["FUNCTION", "LOAD", "REPLACE", code]);
  }

  commands(commands: readonly { readonly database: number; readonly args: readonly string[] }[]): void {
    for (const { database, args } of commands) {
      if (args[0]?.toLowerCase() === "function") this.#functions.push(args);
      else this.#run(database, args);
    }
  }

  /** To be called when all is loaded: loads the functions and lets time run. */
  async finish(): Promise<void> {
    const { scripting, databases } = this.#server;
    if (this.#functions.length > 0) await scripting.load();
    for (const args of this.#functions) this.#run(0, args);
    this.#server.now = Date.now();
    for (const database of databases) for (const { value } of database.entries()) value.accessedAt = this.#server.now;
    this.#server.isNested = false;
    this.#server.changes = 0;
  }

  #run(database: number, args: readonly string[]): void {
    if (findCommand(this.#server.commands, args) === undefined) throw unknownCommandInLog(args[0] ?? "");
    this.#context.selected = database;
    const reply = executeCommand(this.#context, args);
    // Redis, too, goes on after a command that fails: it failed when it was written.
    if (!(reply instanceof Promise) && isErrorReply(reply) && reply.message.startsWith("MISCONF"))
      throw new Error(reply.message);
    this.#server.effects.take();
  }
}
