import { DevError } from "@drydock/core";
import type { EdgeRequest } from "./request-event.ts";
import { startEdge } from "./start-edge.ts";

/** What the program is run with. */
export interface EdgeProgram {
  readonly configurationFile: string;
  /** Ends it when aborted: SIGTERM is the caller's to hear. */
  readonly signal: AbortSignal;
  /** Takes each line for standard output: where it listens, what is not honoured, the access log. */
  readonly log: (line: string) => void;
  readonly onRequest?: (request: EdgeRequest) => void;
  /** How long requests under way may take after the signal; 5 seconds unless said. */
  readonly graceMs?: number;
}

/**
 * Serves a configuration until the signal. SIGHUP reloads it, as nginx does (nginx.org/en/docs/control.html); mistakes are said and
 * leave the old one serving.
 * @throws DevError what `startEdge` throws
 */
export async function main({ configurationFile, signal, log, onRequest, graceMs }: EdgeProgram): Promise<void> {
  const edge = await startEdge({ configuration: configurationFile, log, ...(onRequest ? { onRequest } : {}) });
  const sayNotices = () => edge.notices.forEach((notice) => void log(notice));
  const reload = (): void => {
    edge.reload().then(
      () => {
        log("the configuration was loaded again");
        sayNotices();
      },
      (error: unknown) => log(`the old configuration goes on serving: ${wordsOf(error)}`),
    );
  };
  process.on("SIGHUP", reload);
  try {
    log(`embedded edge: listening on ${edge.addresses.map(({ host, port }) => `${host}:${port}`).join(", ")}`);
    sayNotices();
    if (!signal.aborted)
      await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
  } finally {
    process.off("SIGHUP", reload);
    await edge.stop(graceMs);
  }
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const problems = error instanceof DevError ? error.problems : [];
  return [
    error.message,
    ...problems.map(
      ({ file, line, message, hint }) => `${file}:${line}: ${message}${hint === undefined ? "" : ` (${hint})`}`,
    ),
  ].join("\n  ");
}
