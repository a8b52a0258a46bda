import { setMaxListeners } from "node:events";
import { basename, dirname } from "node:path";
import { stateFolderAt, supervise } from "@drydock/session";
import { version } from "./version.ts";

/**
 * The hidden command that a client starts in the background: supervises the state folder that is named, tells the client by
 * a message when it listens, and ends on a signal. Returns the exit code.
 */
export async function runSupervisor(args: readonly string[]): Promise<number> {
  const [directory] = args;
  if (directory === undefined) return 2;
  // Every step of a plan waits on one signal: many listeners are no leak here.
  setMaxListeners(0);
  process.title = `drydock supervisor ${basename(dirname(directory))}`;
  const end = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, () => end.abort());
  const serveCommand = [process.execPath, process.argv[1] ?? "", "serve"];
  await supervise(
    stateFolderAt(directory),
    version,
    serveCommand,
    (beginning) => process.send?.(beginning),
    end.signal,
  );
  return 0;
}
