import { serializeError } from "@drydock/core";
import type { Session } from "../session.ts";

let works = 0;

/** Does work on the data, and tells every reader when it begins and how it ends. `label`: `restore demo-1`. @throws what the work throws */
export async function tellWork<T>(
  { clock, publish }: Pick<Session, "clock" | "publish">,
  label: string,
  work: () => Promise<T>,
): Promise<T> {
  works += 1;
  const id = `data-${works}`;
  const startedAt = clock.now();
  publish({ kind: "data", at: startedAt, id, label, phase: "started" });
  try {
    const result = await work();
    const at = clock.now();
    publish({ kind: "data", at, id, label, phase: "done", durationMs: at - startedAt });
    return result;
  } catch (error) {
    const at = clock.now();
    publish({ kind: "data", at, id, label, phase: "failed", durationMs: at - startedAt, error: serializeError(error) });
    throw error;
  }
}
