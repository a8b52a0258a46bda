import { type Instance, instancesOf } from "@drydock/core";
import type { FollowUp } from "@drydock/watch";
import { execa } from "execa";
import { afterFailed, execFailed } from "../errors.ts";
import type { Session } from "../session.ts";
import type { StackSource } from "../supervisor.ts";

type AfterCommand = FollowUp["rule"]["after"][number];

/** A rule's line, on this machine in the project's folder, or in one instance of its service. @throws DevError AFTER_FAILED, EXEC_FAILED, NOT_RUNNING */
export async function runAfter(
  session: Session,
  source: StackSource,
  { run, service }: AfterCommand,
  signal: AbortSignal,
): Promise<void> {
  if (service !== undefined) return runIn(session, service, 1, ["sh", "-c", run], signal);
  const result = await execa(run, {
    shell: true,
    cwd: session.stack.environment.directory,
    env: source.variables,
    extendEnv: false,
    stdin: "ignore",
    reject: false,
    all: true,
    cancelSignal: signal,
  });
  signal.throwIfAborted();
  if (result.failed) throw afterFailed(run, result.all || (result.shortMessage ?? ""));
}

/** A command inside an instance. @throws DevError EXEC_FAILED, NOT_RUNNING */
export async function runIn(
  session: Session,
  service: string,
  number: number,
  words: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const { engine, environment } = session.stack;
  const request = { service, number, command: words, environment: {} };
  const { command, directory, environment: variables } = await engine.exec(request, environment, signal);
  const [program = "", ...rest] = command;
  const result = await execa(program, rest, {
    cwd: directory,
    env: variables,
    extendEnv: false,
    reject: false,
    all: true,
    cancelSignal: signal,
  });
  signal.throwIfAborted();
  if (result.failed) throw execFailed(service, words, result.all ?? "");
}

/** The numbers of the instances in which a command can run. */
export const runningIn = (session: Session, service: string): readonly number[] =>
  instancesOf({ instances: session.board.all, networks: [], volumes: [] }, service)
    .filter(isRunning)
    .map(({ number }) => number);

/** Whether it has a process. */
export const isRunning = ({ state }: Instance): boolean =>
  state === "ready" || state === "starting" || state === "unhealthy";
