import { createInterface } from "node:readline/promises";
import { DevError } from "@drydock/core";
import { carryOutTrust, planTrusting } from "@drydock/session";
import { type CommandContext, hasColour, isInteractive } from "../context.ts";
import { painter } from "../output/paint.ts";
import { outcomeText, trustPlanText, withoutTrustText } from "../output/trust-text.ts";

/** What `dev trust` was asked for. */
export interface TrustFlags {
  readonly uninstall?: true;
  readonly dryRun?: true;
  readonly yes?: true;
}

/**
 * Shows what would run, asks, and runs it. Returns the exit code: 1 where a store did not take the authority.
 * @throws DevError NEEDS_YES without a terminal and `--yes`; AUTHORITY_DAMAGED, KEY_READABLE
 */
export async function runTrust(context: CommandContext, flags: TrustFlags): Promise<number> {
  const { variables, stdout } = context;
  const plan = await planTrusting(variables, flags.uninstall ? "uninstall" : "install");
  stdout.write(trustPlanText(plan));
  if (flags.dryRun) return 0;
  if (plan.words.length > 0 && !flags.yes && !(await mayRun(context))) {
    stdout.write(`Nothing was changed.\n${withoutTrustText(plan)}`);
    return 1;
  }
  const paint = painter(hasColour(context, stdout));
  const outcomes = await carryOutTrust(plan, variables, isInteractive(context), (outcome) => {
    stdout.write(outcomeText(outcome, plan.act, paint));
  });
  const hasFailed = outcomes.some(({ result }) => result === "failed");
  if (hasFailed) stdout.write(withoutTrustText(plan));
  return hasFailed ? 1 : 0;
}

async function mayRun(context: CommandContext): Promise<boolean> {
  if (!isInteractive(context))
    throw new DevError("NEEDS_YES", "These commands change whom this machine trusts.", {
      exitCode: 2,
      hint: "Say so with `dev trust --yes`; `dev trust --dry-run` only shows them.",
    });
  const question = createInterface({ input: context.stdin, output: context.stdout });
  try {
    return /^y(es)?$/i.test((await question.question("Run them? [y/N] ", { signal: context.signal })).trim());
  } finally {
    question.close();
  }
}
