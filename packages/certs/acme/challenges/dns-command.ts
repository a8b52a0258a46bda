import type { Clock } from "@drydock/core";
import { dnsCommandFailed } from "../errors.ts";
import { runCommand } from "../run-command.ts";
import type { Challenge, ChallengeSolver } from "./challenge.ts";

/** Lets a command of the team write the TXT record (RFC 8555, section 8.4), and waits `settleMs` until all name servers know it. */
export function dnsCommand(
  command: readonly string[],
  settleMs: number,
  directory: string,
  clock: Clock,
): ChallengeSolver {
  const said = new Map<string, readonly string[]>();
  const run = async (act: "set" | "clean", { domain, answer }: Challenge, signal: AbortSignal | undefined) => {
    const words = [...command, act, domain, recordName(domain), answer];
    const end = await runCommand(words, directory, signal);
    if (act === "set") said.set(domain, end.said);
    if (end.failure !== undefined) throw dnsCommandFailed(words, end.failure, end.said);
  };
  return {
    type: "dns-01",
    hint: "Look whether the record is there (dig TXT NAME), and whether its zone's name servers need longer: settleSeconds in dev.config.ts.",
    async set(challenge, signal) {
      await run("set", challenge, signal);
      await clock.sleep(settleMs, signal);
    },
    clean: (challenge) => run("clean", challenge, undefined),
    seen: ({ domain, answer }) => [
      `The command was asked to set ${recordName(domain)} TXT "${answer}"`,
      ...(said.get(domain) ?? []).map((line) => `it said: ${line}`),
    ],
  };
}

/** A wildcard is shown at the name that it stands below (RFC 8555, section 7.1.3). */
const recordName = (domain: string): string => `_acme-challenge.${domain.replace(/^\*\./, "")}`;
