import { createInterface } from "node:readline/promises";
import { DevError, formatPlan } from "@drydock/core";
import {
  connectOrStart,
  type DownRequest,
  type DownResult,
  endForeignSupervisor,
  listSnapshots,
  type StackSource,
  type Supervisor,
  supervisorEnd,
} from "@drydock/session";
import { type CommandContext, hasColour, isInteractive } from "../context.ts";
import { formatDuration } from "../output/duration.ts";
import { painter } from "../output/paint.ts";
import { snapshotsLeft } from "../output/snapshots-left.ts";

/** What `dev down` was asked for besides the stack. */
export interface DownFlags {
  readonly volumes?: true;
  readonly dryRun?: true;
  readonly yes?: true;
  readonly json?: true;
}

/** Takes the stack down; asks before data is removed. Returns the exit code. */
export async function runDown(context: CommandContext, source: StackSource, flags: DownFlags): Promise<number> {
  const paint = painter(hasColour(context, context.stdout));
  await endForeignSupervisor(source);
  const supervisor = await connectOrStart(source, context.program);
  const request = { source, volumes: flags.volumes ?? false, removeOrphans: true, dryRun: false };
  const quiet = () => undefined;
  if (flags.dryRun || (request.volumes && !flags.yes)) {
    const { plan } = await supervisor.down({ ...request, dryRun: true }, quiet, context.signal);
    const volumes = plan.flatMap((step) => (step.kind === "remove-volume" ? [step.name] : []));
    if (flags.dryRun) context.stdout.write(flags.json ? `${JSON.stringify({ plan })}\n` : formatPlan(plan));
    if (flags.dryRun) return 0;
    if (volumes.length > 0 && !(await mayRemove(context, volumes))) {
      context.stdout.write("Nothing was stopped or removed.\n");
      return 1;
    }
  }

  const { plan, cleaned, durationMs } = await takeDown(context, supervisor, request).catch(async (error: unknown) => {
    if (!(error instanceof DevError) || error.code !== "SUPERVISOR_ENDED") throw error;
    // Another `down` was first, or it was killed: whatever is left is the next one's.
    return takeDown(context, await connectOrStart(source, context.program), request);
  });
  const left = request.volumes ? await listSnapshots(source) : [];
  if (flags.json) {
    const snapshots = left.map(({ id }) => id);
    context.stdout.write(
      `${JSON.stringify({ plan, cleaned, durationMs, ...(request.volumes ? { snapshots } : {}) })}\n`,
    );
    return 0;
  }
  const services = new Set(plan.flatMap((step) => (step.kind === "remove" ? [step.service] : []))).size;
  for (const label of cleaned) context.stdout.write(`  cleaned up ${label}\n`);
  const but = request.volumes ? snapshotsLeft(left) : " but the data";
  if (plan.length === 0 && cleaned.length === 0)
    context.stdout.write(
      `Nothing of this project was running${left.length > 0 ? `, and nothing of it is left${but}` : ""}.\n`,
    );
  else
    context.stdout.write(
      `${paint("green", `Down in ${formatDuration(durationMs)}.`)} ${services} ${services === 1 ? "service" : "services"} stopped, nothing of the project is left${but}.\n`,
    );
  return 0;
}

/** Resolves when the supervisor has ended as well. */
async function takeDown(context: CommandContext, supervisor: Supervisor, request: DownRequest): Promise<DownResult> {
  const ended = supervisorEnd(request.source);
  const result = await supervisor.down(request, () => undefined, context.signal);
  await ended;
  return result;
}

async function mayRemove(context: CommandContext, volumes: readonly string[]): Promise<boolean> {
  const list = volumes.map((name) => `  ${name}\n`).join("");
  if (!isInteractive(context))
    throw new DevError("NEEDS_YES", "These volumes and all the data in them would be removed.", {
      evidence: volumes,
      exitCode: 2,
      hint: "Say so with `dev down --volumes --yes`.",
    });
  context.stdout.write(`These volumes and all the data in them will be removed:\n${list}`);
  const question = createInterface({ input: context.stdin, output: context.stdout });
  try {
    return /^y(es)?$/i.test((await question.question("Remove them? [y/N] ", { signal: context.signal })).trim());
  } finally {
    question.close();
  }
}
