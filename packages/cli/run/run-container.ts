import {
  type ContainerEnd,
  type ContainerSource,
  containerDown,
  containerExec,
  containerPorts,
  containerStop,
  containerUp,
} from "@drydock/session";
import { type CommandContext, hasColour } from "../context.ts";
import { ContainerLines } from "../output/container-lines.ts";
import { formatDuration } from "../output/duration.ts";
import { painter } from "../output/paint.ts";
import { portTable } from "../output/port-table.ts";
import { runInTerminal } from "./run-in-terminal.ts";

/** What the commands of `dev container` may be asked for. */
export interface ContainerFlags {
  readonly config?: string;
  readonly json?: true;
  readonly dryRun?: true;
}

type Run = (context: CommandContext, flags: ContainerFlags, words: readonly string[]) => Promise<number>;

/** Brings it up. */
export const runContainerUp: Run = (context, flags) => bringUp(context, flags, false);

/** Makes it anew. */
export const runContainerRebuild: Run = (context, flags) => bringUp(context, flags, true);

async function bringUp(context: CommandContext, flags: ContainerFlags, rebuild: boolean): Promise<number> {
  const startedAt = performance.now();
  const stream = flags.json ? context.stderr : context.stdout;
  const lines = new ContainerLines((text) => stream.write(text), painter(hasColour(context, stream)));
  const forwarderCommand = [process.execPath, process.argv[1] ?? "", "__forward"];
  const request = { source: sourceOf(context, flags), rebuild, forwarderCommand };
  const result = await containerUp(request, lines.take, context.signal).catch((error: unknown) => {
    if (context.signal.aborted)
      context.stderr.write(
        "\nInterrupted. `dev container up` goes on from here, `dev container down` removes what there is.\n",
      );
    throw error;
  });
  const durationMs = Math.round(performance.now() - startedAt);
  const { container, user, folder, ports, notices, file } = result;
  if (flags.json) {
    const { id, name, image, composeProject } = container;
    const document = { container: { id, name, image, composeProject }, file, user, folder, ports, notices, durationMs };
    context.stdout.write(`${JSON.stringify(document)}\n`);
    return 0;
  }
  const paint = painter(hasColour(context, context.stdout));
  for (const notice of notices) context.stdout.write(`${paint("yellow", "note:")} ${notice}\n`);
  context.stdout.write(
    `${paint("green", `Ready in ${formatDuration(durationMs)}.`)} ${container.name} (${container.image}), user ${user}, folder ${folder}\n${portTable(ports, paint)}  shell  dev container exec              stop   dev container stop\n`,
  );
  return 0;
}

/** Runs a command in it and returns its exit code. */
export const runContainerExec: Run = async (context, flags, words) => {
  const command = await containerExec(sourceOf(context, flags), words, context.signal);
  // The command gets the terminal's signals itself; dev waits for it.
  const release = context.onInterrupt(() => undefined);
  try {
    return await runInTerminal(command);
  } finally {
    release();
  }
};

/** Prints its ports. */
export const runContainerPorts: Run = async (context, flags) => {
  const { container, ports } = await containerPorts(sourceOf(context, flags), context.signal);
  if (flags.json) context.stdout.write(`${JSON.stringify({ container: container.name, ports }, null, 2)}\n`);
  else if (ports.length === 0)
    context.stdout.write(`${container.name} forwards no ports. "forwardPorts" in devcontainer.json names them.\n`);
  else context.stdout.write(portTable(ports, painter(hasColour(context, context.stdout))));
  return 0;
};

/** Stops it. */
export const runContainerStop: Run = async (context, flags) => {
  const end = await containerStop(sourceOf(context, flags), context.signal);
  print(
    context,
    flags,
    end,
    "Nothing of it was running.",
    (what) => `Stopped ${what}. \`dev container up\` starts it again.`,
  );
  return 0;
};

/** Removes it. */
export const runContainerDown: Run = async (context, flags) => {
  const dryRun = flags.dryRun ?? false;
  const end = await containerDown(sourceOf(context, flags), { dryRun }, context.signal);
  print(context, flags, end, "There is no dev container of this folder.", (what) =>
    dryRun ? `Would be removed: ${what}. Nothing was changed.` : `Removed ${what}; nothing of it is left.`,
  );
  return 0;
};

function print(
  context: CommandContext,
  flags: ContainerFlags,
  end: ContainerEnd,
  nothing: string,
  something: (what: string) => string,
): void {
  if (flags.json) {
    context.stdout.write(`${JSON.stringify(end)}\n`);
    return;
  }
  const projects = end.composeProjects.map((name) => `the Compose project ${name}`);
  const what = [...end.containers, ...(end.containers.length > 0 ? projects : [])].join(", ");
  context.stdout.write(`${what === "" ? nothing : something(what)}\n`);
}

function sourceOf({ directory, variables }: CommandContext, { config }: ContainerFlags): ContainerSource {
  return { directory, variables, ...(config === undefined ? {} : { file: config }) };
}
