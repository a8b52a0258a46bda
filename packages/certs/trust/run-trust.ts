import { readFile } from "node:fs/promises";
import { execa } from "execa";
import type { Machine, TrustedAuthority } from "./machine.ts";
import { wordsToRun } from "./plan-trust.ts";
import type { StorePlan, TrustCommand, TrustProof } from "./trust-store.ts";

/** What came of one store. */
export interface TrustOutcome {
  readonly store: string;
  /** `changed`: the store was asked afterwards, and says so. */
  readonly result: "changed" | "failed" | "left";
  /** Why it failed: the command and what it said. */
  readonly reason: string | undefined;
}

/**
 * Carries out what was planned for one store, and then asks the store. `isTerminal`: commands may ask for a password. Never rejects
 * because of a command.
 */
export async function runTrust(
  plan: StorePlan,
  authority: TrustedAuthority,
  machine: Machine,
  isInstalling: boolean,
  isTerminal: boolean,
): Promise<TrustOutcome> {
  const { store, commands, proof } = plan;
  if (commands.length === 0) return { store, result: "left", reason: undefined };
  for (const command of commands) {
    const problem = await run(command, machine, isTerminal);
    if (problem !== undefined && !command.mayFail) return { store, result: "failed", reason: problem };
  }
  const isThere = proof === undefined ? isInstalling : await isProved(proof, authority);
  if (isThere === isInstalling) return { store, result: "changed", reason: undefined };
  const reason = isThere ? "the store still has it" : "the commands ran, and the store does not have it";
  return { store, result: "failed", reason };
}

/** Undefined when it exits with 0. */
async function run(command: TrustCommand, machine: Machine, isTerminal: boolean): Promise<string | undefined> {
  const [program = "", ...words] = wordsToRun(command, machine);
  const asksForPassword = program === "sudo" && isTerminal;
  // Without a terminal sudo must not wait for a password.
  const all = program === "sudo" && !isTerminal ? ["-n", ...words] : words;
  const { failed, exitCode, stderr, stdout, shortMessage } = await execa(program, all, {
    reject: false,
    stdin: asksForPassword ? "inherit" : "ignore",
    stderr: "pipe",
  });
  if (!failed) return undefined;
  const said = `${stderr}\n${stdout}`.trim().split("\n").slice(-2).join(" ");
  return `${[program, ...all].join(" ")}: ${exitCode === undefined ? shortMessage : `exit ${exitCode}`}${said === "" ? "" : `: ${said}`}`;
}

async function isProved(proof: TrustProof, { path }: TrustedAuthority): Promise<boolean> {
  if (proof.kind === "bundle") {
    const [bundle, own] = await Promise.all([readFile(proof.path, "utf8").catch(() => ""), readFile(path, "utf8")]);
    return bundle.replace(/\s/g, "").includes(bodyOf(own));
  }
  const [program = "", ...words] = proof.words;
  const { failed } = await execa(program, words, { reject: false, stdin: "ignore" });
  return !failed;
}

/** The certificate's base64 text without its line ends. */
const bodyOf = (pem: string): string => pem.replace(/-----[A-Z ]+-----/g, "").replace(/\s/g, "");
