import { DevError } from "@drydock/core";

/** Builds CANNOT_OVERLAP (exit 1): a second process of a service did not listen where it was told, or found something in use. */
export const cannotOverlap = (label: string, port: number): DevError =>
  new DevError("CANNOT_OVERLAP", `A second process of "${label}" does not run beside the first, on port ${port}.`, {
    hint: "Let it read its port from the variable PORT, or say x-dev: { overlap: false } for this service.",
  });

/** Builds NOT_READY (exit 1): why what should have taken a process's place did not become ready, with the end of its log. */
export const notReplaced = (
  label: string,
  why: string,
  lastLines: readonly string[],
  cause: string | undefined,
): DevError =>
  new DevError("NOT_READY", `${label} did not become ready: ${why}. The process before it goes on.`, {
    evidence: lastLines,
    hint: cause
      ? `likely: ${cause}`
      : "The next save is tried again. A program that cannot run twice at once says so with x-dev: { overlap: false }.",
  });
