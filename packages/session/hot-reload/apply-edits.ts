import { type DevEvent, type Instance, instancesOf, nothingObserved, type Observed } from "@drydock/core";
import type { Edit, FollowUp } from "@drydock/watch";
import { restartServices, restartWithFiles } from "../change-services.ts";
import type { Session } from "../session.ts";
import type { StackSource } from "../supervisor.ts";
import { up } from "../up.ts";
import { cascadeOf, type EditBatch } from "./edit-batch.ts";
import type { EditReport } from "./edit-report.ts";
import { replaceable, replaceServices } from "./replace-services.ts";
import { isRunning, runAfter, runIn, runningIn } from "./run-commands.ts";

/** A batch that is to be applied, and who is told. */
export interface Application {
  readonly batch: EditBatch;
  /** Services that a batch which this one overtook may have left stopped. */
  readonly cutOff: ReadonlySet<string>;
  readonly report: EditReport;
  /** The commands of these rules have run. */
  readonly onRan: (followUps: readonly FollowUp[]) => void;
}

/**
 * Lets running services follow a batch of edits: the rules' commands on this machine, then files into all services at once, then commands in them,
 * restarts and rebuilds, and last the services that restart because of them. Services that do not run are left, but for those that are cut off.
 * @throws DevError the first one that failed; the signal's reason when it is aborted
 */
export async function applyEdits(
  session: Session,
  source: StackSource,
  { batch, cutOff, report, onRan }: Application,
  signal: AbortSignal,
): Promise<void> {
  const { environment, engine } = session.stack;
  // What the watch has told is at hand; asking the engine would cost a save its first 50 ms.
  const observed: Observed = { ...nothingObserved, instances: session.board.all };
  const follows = (service: string) => cutOff.has(service) || instancesOf(observed, service).some(followsEdits);
  const live = batch.edits.filter(({ service }) => follows(service));
  const context = { environment, emit: session.publish, signal };
  const of = (kind: Edit["kind"]) => live.filter((edit) => edit.kind === kind).map(({ service }) => service);
  const cascade = async () => {
    const names = cascadeOf(batch).filter(follows);
    if (names.length > 0) await restartServices(session, names, nobody, signal);
  };
  const due = batch.followUps.filter(({ isDue }) => isDue);
  const commands = due.flatMap(({ rule }) => rule.after);
  for (const command of commands.filter(({ service }) => service === undefined))
    await runAfter(session, source, command, signal);
  const bring = (edits: readonly Edit[]) =>
    Promise.all(edits.map(({ service, files }) => engine.sync(service, files, context)));
  // A service can stop while its files are on their way, unless something has to run in it before.
  const isPlain = commands.every(({ service }) => service === undefined) && live.every(stopsAtOnce);
  const [restarts, rebuilds] = [of("restart"), of("rebuild")];
  const replaced = await replaceable(session, restarts);
  if (isPlain && restarts.length > 0 && rebuilds.length === 0 && replaced.length === 0) {
    onRan(due);
    await restartWithFiles(session, restarts, bring(live).then(report.acted.bind(report)), signal);
    return cascade();
  }
  await bring(live);
  report.acted();
  for (const { service, commands } of live)
    for (const command of commands)
      for (const number of runningIn(session, service)) await runIn(session, service, number, command, signal);
  // What runs in a service that is built anew has to wait for it.
  const isLate = ({ service }: (typeof commands)[number]) => service !== undefined && rebuilds.includes(service);
  for (const command of commands.filter((each) => each.service !== undefined && !isLate(each)))
    await runAfter(session, source, command, signal);
  if (!commands.some(isLate)) onRan(due);
  const others = restarts.filter((name) => !replaced.includes(name));
  if (replaced.length > 0) await replaceServices(session, replaced, others, signal);
  else if (restarts.length > 0) await restartServices(session, restarts, nobody, signal);
  if (rebuilds.length > 0) await rebuild(session, source, rebuilds, signal);
  for (const command of commands.filter(isLate)) await runAfter(session, source, command, signal);
  if (commands.some(isLate)) onRan(due);
  await cascade();
}

const stopsAtOnce = ({ files, commands }: Edit): boolean =>
  commands.length === 0 && files.every(({ isRemoved }) => !isRemoved);

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

// The readers of the session see every event; who saved a file waits for nothing.
const nobody = (_: DevEvent): void => undefined;

/** One that failed follows too: what was saved is probably its correction. */
const followsEdits = (instance: Instance): boolean =>
  isRunning(instance) || instance.state === "failed" || instance.state === "restarting";
