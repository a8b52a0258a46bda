import type { Machine, StorePlan, TrustAct, TrustedAuthority, TrustOutcome } from "@drydock/certs";
import { systemClock } from "@drydock/core";
import { authorityFolder } from "../front/authority-place.ts";

export type { TrustOutcome };

/** What would be done, to be shown before it is. */
export interface TrustPlan {
  readonly act: TrustAct;
  readonly authority: TrustedAuthority;
  readonly stores: readonly StorePlan[];
  readonly machine: Machine;
  /** The words of each command as they run, by store. */
  readonly words: readonly (readonly string[])[];
}

/** Plans for every trust store of this machine; the authority is made when there is none. @throws DevError AUTHORITY_DAMAGED, KEY_READABLE */
export async function planTrusting(variables: Readonly<Record<string, string>>, act: TrustAct): Promise<TrustPlan> {
  const { authorityToTrust, lookAtMachine, planTrust, wordsToRun } = await import("@drydock/certs");
  const authority = await authorityToTrust(authorityFolder(variables), [], systemClock);
  const machine = await lookAtMachine(variables);
  const stores = planTrust(machine, authority, act);
  const words = stores.flatMap(({ commands }) => commands.map((command) => wordsToRun(command, machine)));
  return { act, authority, stores, machine, words };
}

/** Carries a plan out, store by store; `isTerminal`: commands may ask for a password. Writes down who trusts the authority now. */
export async function carryOutTrust(
  plan: TrustPlan,
  variables: Readonly<Record<string, string>>,
  isTerminal: boolean,
  tell: (outcome: TrustOutcome) => void,
): Promise<readonly TrustOutcome[]> {
  const { markTrusted, runTrust } = await import("@drydock/certs");
  const outcomes: TrustOutcome[] = [];
  for (const store of plan.stores) {
    const outcome = await runTrust(store, plan.authority, plan.machine, plan.act === "install", isTerminal);
    outcomes.push(outcome);
    tell(outcome);
  }
  const changed = outcomes.filter(({ result }) => result === "changed").map(({ store }) => store);
  const hasFailed = outcomes.some(({ result }) => result === "failed");
  if (plan.act === "install" ? changed.length > 0 : !hasFailed)
    await markTrusted(authorityFolder(variables), plan.act === "install" ? changed : []);
  return outcomes;
}
