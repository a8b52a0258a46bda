import type { PlannedForward } from "./plan-forwards.ts";

/** Whether a server of ours could listen on a port of this machine. */
export type AskPort = (port: number) => Promise<"free" | "taken" | "forbidden">;

/** The port that a forward gets here; `moved` says why it is not the same number. `port` undefined: it gets none. */
export interface ChosenPort {
  readonly port: number | undefined;
  readonly moved?: "taken" | "forbidden";
}

const attempts = 20;
// As 443 becomes 8443: below 1024 a port may need root.
const lastPrivileged = 1023;
const unprivilegedOffset = 8_000;
const largestPort = 65_535;

/**
 * The same number where it can be had, else the one of the last time, else the next free one; never one of `given`. A port that has to be the same is
 * given or not.
 */
export async function choosePort(
  forward: PlannedForward,
  last: number | undefined,
  given: ReadonlySet<number>,
  ask: AskPort,
): Promise<ChosenPort> {
  const { port, requireLocalPort } = forward;
  const answer = given.has(port) ? "taken" : await ask(port);
  if (answer === "free") return { port };
  if (requireLocalPort) return { port: undefined, moved: answer };
  const first = port <= lastPrivileged ? port + unprivilegedOffset : port + 1;
  const others = Array.from({ length: attempts }, (_, index) => first + index).filter((each) => each <= largestPort);
  for (const candidate of [...(last === undefined ? [] : [last]), ...others])
    if (!given.has(candidate) && (await ask(candidate)) === "free") return { port: candidate, moved: answer };
  return { port: 0, moved: answer };
}
