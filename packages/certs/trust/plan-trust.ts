import { java } from "./java.ts";
import { linuxSystem } from "./linux-system.ts";
import type { Machine, TrustedAuthority } from "./machine.ts";
import { macos } from "./macos.ts";
import { node } from "./node.ts";
import { nss } from "./nss.ts";
import type { StorePlan, TrustAct, TrustCommand, TrustStore } from "./trust-store.ts";
import { windows, windowsAroundWsl } from "./windows.ts";

/** The stores in the order in which they are planned: a new one is its file and a word here. */
export const trustStores: readonly TrustStore[] = [linuxSystem, nss, macos, windows, windowsAroundWsl, java, node];

/** What every store of this machine needs. Pure. */
export function planTrust(machine: Machine, authority: TrustedAuthority, act: TrustAct): readonly StorePlan[] {
  return trustStores.flatMap((store) => store.plan(machine, authority, act) ?? []);
}

/** The words that run: through sudo where root is needed and this is not root. */
export function wordsToRun({ words, needsRoot }: TrustCommand, machine: Machine): readonly string[] {
  return needsRoot && !machine.isRoot ? ["sudo", ...words] : words;
}
