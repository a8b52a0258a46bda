import type { Clock } from "@drydock/core";
import { authorize } from "../auth/authorize.ts";
import type { Command } from "../commands/command.ts";
import type { CursorStore } from "../cursors/cursor-store.ts";
import { MongoError } from "../errors/mongo-error.ts";
import type { Store } from "../storage/store.ts";
import { Document } from "../values/document.ts";
import { isArray } from "../values/encode.ts";
import { actOnFailPoint, ConnectionCut, FailPointError, limitAtFailPoints } from "./act-on-fail-point.ts";
import { checkApiVersion } from "./api-version.ts";
import { checkRequest } from "./check-request.ts";
import type { Connection } from "./connection.ts";
import { type ErrorSituation, errorReply, internalError, tellsTopology } from "./error-reply.ts";
import { finishReply } from "./finish-reply.ts";
import { readGenericFields } from "./generic-fields.ts";
import { runCommand } from "./run-command.ts";
import type { Server } from "./server.ts";

/** What is done about a request. */
export type Dispatched = { readonly reply: Document } | { readonly closesConnection: true };

/** Finds the command of each request, lets it run by the rules, and makes the reply, whatever happens. */
export class Dispatcher {
  readonly #server: Server;
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #commands = new Map<string, Command>();

  constructor(server: Server, store: Store, clock: Clock, commands: readonly Command[]) {
    this.#server = server;
    this.#store = store;
    this.#clock = clock;
    for (const command of commands)
      for (const name of [command.name, ...(command.aliases ?? [])]) this.#commands.set(name, command);
  }

  /** Never rejects. */
  async dispatch(connection: Connection, request: Document): Promise<Dispatched> {
    const name = request.firstName ?? "";
    const command = this.#commands.get(name);
    const isInTransaction = request.get("autocommit") === false;
    const isEnding = command?.name === "commitTransaction" || command?.name === "abortTransaction";
    const isRetryable = isEnding || (request.has("txnNumber") && !isInTransaction);
    const isOfChangeStream = concernsChangeStream(this.#server.cursors, name, request);
    const situation: ErrorSituation = { command: name, isInTransaction, isRetryable, isOfChangeStream };
    try {
      return await this.#attempt(connection, request, command, situation);
    } catch (error) {
      if (error instanceof ConnectionCut) return { closesConnection: true };
      const known = this.#asMongoError(error, name);
      const isOutside = known instanceof FailPointError;
      const reply = errorReply(known, isOutside ? { ...situation, isOfChangeStream: false } : situation);
      if (isOutside || !tellsTopology(known.code)) return { reply: finishReply(this.#server, reply) };
      const version = [["topologyVersion", this.#server.topology.version]] as const;
      return { reply: finishReply(this.#server, Document.of(new Map([...reply.fields(), ...version]))) };
    }
  }

  async #attempt(
    connection: Connection,
    request: Document,
    command: Command | undefined,
    situation: ErrorSituation,
  ): Promise<Dispatched> {
    if (!command) throw new MongoError("CommandNotFound", `no such command: '${situation.command}'`);
    const server = this.#server;
    const { counters } = server;
    counters.commands.set(command.name, (counters.commands.get(command.name) ?? 0) + 1);
    const generic = readGenericFields(request, this.#clock.now());
    checkApiVersion(command.name, request, server.parameters.get("requireApiVersion") === true);
    // Whoever asks for help wants nothing done (manual, "db.commandHelp()").
    if (request.get("help") === true) return { reply: finishReply(server, helpFor(command)) };
    checkRequest(server, command, request, generic);
    authorize(server, connection, command, request, generic.database);
    // The first hello brings the client's name itself.
    const client = connection.metadata ?? request.get("client");
    const names = namesAtFailPoints(command, situation.command);
    const failure = server.failPoints.enter(names, client instanceof Document ? client : undefined);
    const limitMs = limitAtFailPoints(server.failPoints, generic.maxTimeMs);
    // getMore's is how long it waits for data.
    const blockLimitMs = command.name === "getMore" ? undefined : limitMs;
    if (failure && (await actOnFailPoint(server.failPoints, failure, blockLimitMs)) === "close")
      return { closesConnection: true };
    const parts = { server, store: this.#store, clock: this.#clock, connection };
    const reply = await runCommand(parts, command, request, { ...generic, maxTimeMs: limitMs });
    return { reply: finishReply(server, reply, failure?.writeConcernError, situation, failure?.errorLabels) };
  }

  #asMongoError(error: unknown, command: string): MongoError {
    if (error instanceof MongoError) return error;
    this.#server.log.write(`${command} failed: ${error instanceof Error ? (error.stack ?? error.message) : error}`);
    return internalError(error);
  }
}

/** Every name that a fail point may have the command by; hello and isMaster are two commands to it. */
const namesAtFailPoints = ({ name, aliases = [] }: Command, asked: string): readonly string[] => {
  if (name !== "hello") return [name, ...aliases];
  return asked === name ? [name] : aliases;
};

const helpFor = ({ name, help }: Command): Document =>
  Document.from([["help", `help for: ${name} ${help ?? ""}`.trim()]]);

/** Opens a change stream, or goes on with one. */
function concernsChangeStream(cursors: CursorStore, command: string, request: Document): boolean {
  if (command === "getMore") {
    const id = request.get("getMore");
    return typeof id === "bigint" && cursors.get(id)?.source.postBatchResumeToken !== undefined;
  }
  const pipeline = command === "aggregate" ? request.get("pipeline") : undefined;
  const first = isArray(pipeline) ? pipeline[0] : undefined;
  return first instanceof Document && first.has("$changeStream");
}
