import { errorReply, type Reply } from "../../resp/reply.ts";
import type { ScriptCalls } from "../../scripting/running-script.ts";
import { checkPermission } from "../../server/check-permission.ts";
import type { CommandContext } from "../../server/command-context.ts";
import { executeCommand } from "../../server/execute-command.ts";
import { arityProblem, findCommand } from "../../server/find-command.ts";

const logLevels = ["debug", "verbose", "notice", "warning"];

/** What redis.call of one script run does: commands in a context of their own, refused where a script may not run them. */
export class ContextCalls implements ScriptCalls {
  readonly #context: CommandContext;
  readonly #isReadOnly: boolean;
  readonly #log: (line: string) => void;
  hasWritten = false;

  constructor(context: CommandContext, isReadOnly: boolean) {
    this.#context = context.forScript();
    this.#isReadOnly = isReadOnly;
    this.#log = context.server.log;
  }

  run(args: readonly string[]): Reply {
    const { server } = this.#context;
    const command = findCommand(server.commands, args);
    if (command === undefined) return errorReply("ERR Unknown Redis command called from script");
    if (arityProblem(command, args) !== undefined) {
      return errorReply("ERR Wrong number of args calling Redis command from script");
    }
    const isWrite = command.flags.includes("write");
    if (isWrite && this.#isReadOnly) return errorReply("ERR Write commands are not allowed from read-only scripts.");
    const changes = server.changes;
    const reply = executeCommand(this.#context, args);
    if (isWrite && server.changes !== changes) this.hasWritten = true;
    return reply instanceof Promise ? errorReply("ERR This Redis command is not allowed from script") : reply;
  }

  mayRun(args: readonly string[]): boolean | undefined {
    const command = findCommand(this.#context.server.commands, args);
    return command === undefined ? undefined : checkPermission(this.#context, command, args) === undefined;
  }

  useProtocol(protocol: 2 | 3): void {
    this.#context.protocol = protocol;
  }

  log(level: number, text: string): void {
    this.#log(`script (${logLevels[level] ?? level}): ${text}`);
  }
}
