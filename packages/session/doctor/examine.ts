import type { StackSource } from "../supervisor.ts";
import { checkAbandoned } from "./check-abandoned.ts";
import { checkCertificates } from "./check-certificates.ts";
import { checkDevContainer } from "./check-dev-container.ts";
import { checkDisk } from "./check-disk.ts";
import { checkDocker } from "./check-docker.ts";
import { checkHosts } from "./check-hosts.ts";
import { checkInotify } from "./check-inotify.ts";
import { checkNode } from "./check-node.ts";
import { checkProviders } from "./check-providers.ts";
import { checkStack } from "./check-stack.ts";
import { checkWsl } from "./check-wsl.ts";
import type { Check, Finding } from "./finding.ts";

const checks: readonly Check[] = [
  checkNode,
  checkDevContainer,
  checkDocker,
  checkAbandoned,
  checkProviders,
  checkStack,
  checkCertificates,
  checkHosts,
  checkInotify,
  checkDisk,
  checkWsl,
];

/** Looks at the machine and the stack; changes nothing. Findings come in a fixed order. */
export async function examine(source: StackSource, signal: AbortSignal): Promise<readonly Finding[]> {
  const found = await Promise.all(checks.map((check) => attempt(check, source, signal)));
  return found.flat();
}

async function attempt(check: Check, source: StackSource, signal: AbortSignal): Promise<readonly Finding[]> {
  try {
    return await check(source, signal);
  } catch (error) {
    const name = check.name.replace(/^check/, "").toLowerCase();
    const message = error instanceof Error ? error.message : String(error);
    return [{ check: name, level: "warning", message: `This could not be looked at: ${message}` }];
  }
}
