import { DevError } from "@drydock/core";
import { carryOutHosts, hostsFilePath, planHosts, type StackSource } from "@drydock/session";
import type { CommandContext } from "../context.ts";

/** What `dev hosts` was asked for. */
export interface HostsFlags {
  readonly apply?: true;
  readonly remove?: true;
  readonly all?: true;
  readonly hostsFile?: string;
  readonly dryRun?: true;
}

/**
 * Shows the block of a project for the hosts file, and writes it, or takes it away, when that is asked for. Returns the exit code: 1 where a name is led
 * elsewhere by another line. @throws DevError BAD_FLAGS, HOSTS_FORBIDDEN with the command for root, and as planHosts
 */
export async function runHosts(context: CommandContext, source: StackSource, flags: HostsFlags): Promise<number> {
  const { stdout, stderr, variables } = context;
  if (flags.apply && flags.remove)
    throw new DevError("BAD_FLAGS", "--apply and --remove say the opposite.", {
      exitCode: 2,
      hint: "Give one of them.",
    });
  const plan = await planHosts(source, {
    path: flags.hostsFile ?? hostsFilePath(variables),
    act: flags.remove ? "remove" : "apply",
    hasLocalhost: flags.all ?? false,
  });
  for (const conflict of plan.conflicts) stderr.write(`! ${plan.path}: ${conflict}; take that line away.\n`);
  stdout.write(plan.block.map((line) => `${line}\n`).join(""));
  const isChanging = (flags.apply || flags.remove) && !flags.dryRun && !plan.isDone;
  if (isChanging) await carryOutHosts(plan);
  stderr.write(`${outcome(flags, plan)}\n`);
  return plan.conflicts.length > 0 ? 1 : 0;
}

type Outcome = Pick<Awaited<ReturnType<typeof planHosts>>, "path" | "block" | "isDone">;

function outcome({ apply, remove, dryRun }: HostsFlags, { path, block, isDone }: Outcome): string {
  if (remove && isDone) return `${path} has no block of this project.`;
  if (remove) return dryRun ? `The block of this project would be taken out of ${path}.` : `Taken out of ${path}.`;
  if (block.length === 0 && isDone)
    return "Every name is below .localhost, which needs no line; --all writes them all the same.";
  if (isDone) return `${path} has this block.`;
  if (block.length === 0)
    return apply && !dryRun
      ? `Taken out of ${path}: no name needs it any more.`
      : `${path} has a block that no name needs any more.`;
  if (apply && !dryRun) return `Written to ${path}.`;
  return apply ? `This would be written to ${path}.` : `\`dev hosts --apply\` writes this to ${path}.`;
}
