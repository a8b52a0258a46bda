import { Command } from "commander";
import type { AddCommand } from "./add-command.ts";
import { addBackup } from "./commands/backup.ts";
import { addBranch } from "./commands/branch.ts";
import { addCerts } from "./commands/certs.ts";
import { addCompletion } from "./commands/completion.ts";
import { addConfig } from "./commands/config.ts";
import { addContainer } from "./commands/container.ts";
import { addDebug } from "./commands/debug.ts";
import { addDefault } from "./commands/default.ts";
import { addDoctor } from "./commands/doctor.ts";
import { addDown } from "./commands/down.ts";
import { addExec } from "./commands/exec.ts";
import { addHelp } from "./commands/help.ts";
import { addHosts } from "./commands/hosts.ts";
import { addInit } from "./commands/init.ts";
import { addLogs } from "./commands/logs.ts";
import { addOpen } from "./commands/open.ts";
import { addParity } from "./commands/parity.ts";
import { addProxy } from "./commands/proxy.ts";
import { addRestart, addStart, addStop } from "./commands/restart.ts";
import { addSeed } from "./commands/seed.ts";
import { addServe } from "./commands/serve.ts";
import { addSnapshot } from "./commands/snapshot.ts";
import { addStatus } from "./commands/status.ts";
import { addTest } from "./commands/test.ts";
import { addTrust } from "./commands/trust.ts";
import { addUp } from "./commands/up.ts";
import { addWait } from "./commands/wait.ts";
import type { CommandContext } from "./context.ts";
import { usageError } from "./output/usage-error.ts";
import { addStackOptions } from "./stack-options.ts";
import { version } from "./version.ts";

const commands: readonly AddCommand[] = [
  addUp,
  addDown,
  addStatus,
  addLogs,
  addWait,
  addRestart,
  addStop,
  addStart,
  addExec,
  addDebug,
  addServe,
  addSeed,
  addSnapshot,
  addBranch,
  addTest,
  addBackup,
  addOpen,
  addCerts,
  addTrust,
  addProxy,
  addParity,
  addHosts,
  addConfig,
  addContainer,
  addInit,
  addDoctor,
  addCompletion,
  addHelp,
  addDefault,
];

/** The program `dev`: flags and help here, the work in each command's lazy import. @throws CommanderError for bad usage */
export function buildProgram(context: CommandContext, exitWith: (code: number) => void): Command {
  const program = new Command("dev");
  program
    .description("Brings up the whole stack of a repository: with Docker, or with Node alone.")
    .version(version, "-V, --version")
    .option("--debug", "show the stack of an error")
    .enablePositionalOptions()
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.stdout.write(text),
      writeErr: (text) => context.stderr.write(text),
    });
  addStackOptions(program);
  for (const add of commands) add(program, context, exitWith);
  addDebugFlag(program);
  explainMistakes(program, "dev");
  return program;
}

/** Every command takes it, those below another one too. */
function addDebugFlag(parent: Command): void {
  for (const command of parent.commands) {
    if (!command.options.some(({ long }) => long === "--debug"))
      command.option("--debug", "show the stack of an error");
    addDebugFlag(command);
  }
}

/** What is wrong with the arguments is said with how the command is written. */
function explainMistakes(command: Command, path: string): void {
  command.configureOutput({ outputError: (text, write) => write(usageError(text, path, command.usage())) });
  for (const each of command.commands) explainMistakes(each, `${path} ${each.name()}`);
}
