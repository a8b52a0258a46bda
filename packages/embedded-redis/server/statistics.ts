import { isErrorReply, type Reply } from "../resp/reply.ts";

/** What INFO commandstats says of one command. */
export interface CommandStatistics {
  calls: number;
  totalUs: number;
  failed: number;
}

/** What INFO counts. */
export class Statistics {
  readonly commands = new Map<string, CommandStatistics>();
  /** Errors by code. */
  readonly errors = new Map<string, number>();
  connections = 0;
  rejectedConnections = 0;
  commandsProcessed = 0;
  inputBytes = 0;
  outputBytes = 0;
  expiredKeys = 0;
  evictedKeys = 0;

  /** Counts a call. */
  count(name: string, tookUs: number, reply: Reply | Promise<Reply>): void {
    this.commandsProcessed++;
    let entry = this.commands.get(name);
    if (entry === undefined) {
      entry = { calls: 0, totalUs: 0, failed: 0 };
      this.commands.set(name, entry);
    }
    entry.calls++;
    entry.totalUs += tookUs;
    if (typeof reply !== "object" || reply === null || reply instanceof Promise || !isErrorReply(reply)) return;
    entry.failed++;
    const code = reply.message.split(" ", 1)[0] ?? "ERR";
    this.errors.set(code, (this.errors.get(code) ?? 0) + 1);
  }

  /** CONFIG RESETSTAT. */
  reset(): void {
    this.commands.clear();
    this.errors.clear();
    this.connections = 0;
    this.rejectedConnections = 0;
    this.commandsProcessed = 0;
    this.inputBytes = 0;
    this.outputBytes = 0;
    this.expiredKeys = 0;
    this.evictedKeys = 0;
  }
}
