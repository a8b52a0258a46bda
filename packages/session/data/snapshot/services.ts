import { planStart, planStop } from "@drydock/planner";
import { execute } from "../../execute.ts";
import type { Session } from "../../session.ts";

// A server that does not answer its first clients by then is taken for one that cannot read its data.
const readyWithinMs = 120_000;

/** Stops those of these servers that run. @throws what the engine says */
export async function stopServers(session: Session, services: readonly string[], signal: AbortSignal): Promise<void> {
  await carryOut(session, planStop(services, await session.observe(signal)), signal);
}

/** Starts those of these servers that do not run, and waits until they answer. @throws DevError why one does not */
export async function startServers(session: Session, services: readonly string[], signal: AbortSignal): Promise<void> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(readyWithinMs)]);
  const { environment } = session.stack;
  await carryOut(session, planStart(services, environment, await session.observe(limit)), limit);
}

async function carryOut(session: Session, plan: ReturnType<typeof planStart>, signal: AbortSignal): Promise<void> {
  const { engine, environment } = session.stack;
  const { failures } = await execute(plan, engine, { environment, emit: session.publish, signal }, session.clock);
  const [first] = failures;
  if (first) throw first.error;
}
