import { type DevEvent, type Instance, instancesOf, nothingObserved, type Observed } from "@drydock/core";
import type { Edit } from "@drydock/watch";
import { execa } from "execa";
import { restartServices } from "../change-services.ts";
import { execFailed } from "../errors.ts";
import type { Session } from "../session.ts";
import type { StackSource } from "../supervisor.ts";
import { up } from "../up.ts";
import type { EditReport } from "./edit-report.ts";

/**
 * Lets running services follow a batch of edits: files first, into all at once, then commands, restarts and rebuilds. Services that do not run are left, but for
 * those whose restart was `cutOff` by this batch.
 * @throws DevError the first one that failed; the signal's reason when it is aborted
 */
export async function applyEdits(
  session: Session,
  source: StackSource,
  edits: readonly Edit[],
  cutOff: ReadonlySet<string>,
  report: EditReport,
  signal: AbortSignal,
): Promise<void> {
  const { environment, engine } = session.stack;
  // What the watch has told is at hand; asking the engine would cost a save its first 50 ms.
  const observed: Observed = { ...nothingObserved, instances: session.board.all };
  const live = edits.filter(({ service }) => cutOff.has(service) || instancesOf(observed, service).some(followsEdits));
  const context = { environment, emit: session.publish, signal };
  await Promise.all(live.map(({ service, files }) => engine.sync(service, files, context)));
  report.acted();
  for (const { service, commands } of live)
    for (const command of commands)
      for (const { number } of instancesOf(observed, service).filter(isRunning))
        await runIn(session, service, number, command, signal);
  const of = (kind: Edit["kind"]) => live.filter((edit) => edit.kind === kind).map(({ service }) => service);
  const [restarts, rebuilds] = [of("restart"), of("rebuild")];
  if (restarts.length > 0) await restartServices(session, restarts, nobody, signal);
  if (rebuilds.length > 0) await rebuild(session, source, rebuilds, signal);
}

/** A build that fails leaves the old containers running. Locally, dependencies are installed again where the lock file changed. */
async function rebuild(
  session: Session,
  source: StackSource,
  services: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const isLocal = session.stack.engine.description.kind === "local";
  const flags = { build: true, noDeps: true, forceRecreate: isLocal, removeOrphans: false, dryRun: false, watch: true };
  await up(session, { source, services, ...flags }, nobody, signal);
}

async function runIn(
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

// The readers of the session see every event; who saved a file waits for nothing.
const nobody = (_: DevEvent): void => undefined;

const isRunning = ({ state }: Instance): boolean => state === "ready" || state === "starting" || state === "unhealthy";

/** One that failed follows too: what was saved is probably its correction. */
const followsEdits = (instance: Instance): boolean =>
  isRunning(instance) || instance.state === "failed" || instance.state === "restarting";
