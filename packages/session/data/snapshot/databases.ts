import { instancesOf } from "@drydock/core";
import type { Session } from "../../session.ts";
import { findDatabases, type StackDatabase } from "../find-databases.ts";
import { noDatabases } from "./errors.ts";

/** A database with what a copy of its files depends on. */
export interface HeldDatabase extends StackDatabase {
  /** `embedded MongoDB`, `image mongo:8`; empty while nothing of it exists. */
  readonly provider: string;
  readonly isEmbedded: boolean;
  readonly isRunning: boolean;
}

/** The databases of a session's stack, as they are now. @throws DevError NO_DATABASES */
export async function heldDatabases(session: Session, signal: AbortSignal): Promise<readonly HeldDatabase[]> {
  const observed = await session.observe(signal);
  const found = findDatabases(session.stack.environment, observed);
  if (found.length === 0) throw noDatabases();
  return found.map((database) => {
    const instances = instancesOf(observed, database.service);
    const provider = database.instance?.provider ?? "";
    return {
      ...database,
      provider,
      isEmbedded: provider.startsWith("embedded"),
      isRunning: instances.some(({ state }) => !["stopped", "done", "failed", "waiting"].includes(state)),
    };
  });
}
