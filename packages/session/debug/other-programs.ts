import { posix } from "node:path";
import { instancesOf, nothingObserved } from "@drydock/core";
import type { Session } from "../session.ts";

/** Programs of a service, none of which is Node. */
export interface OtherPrograms {
  /** By name: `python3.11`. */
  readonly names: readonly string[];
  /** One of them may yet start Node: a shell that waits for something, an init. */
  readonly mayStartNode: boolean;
}

// nodejs.org/api/cli.html: what reads NODE_OPTIONS. Debian called it nodejs.
const node = /^node(js)?(\.exe)?$/;
const starter =
  /^((ba|da|a|k|z|fi)?sh|busybox|coreutils|env|tini|tini-static|docker-init|dumb-init|catatonit|s6-.*|su-exec|gosu|setpriv|timeout|sleep|watchexec|make|just|volta.*|fnm|mise|asdf)$/;

/**
 * What runs in the first instance of a service instead of Node; undefined where Node does, where nothing does, and where that cannot be seen.
 */
export async function otherPrograms(
  session: Session,
  service: string,
  signal: AbortSignal,
): Promise<OtherPrograms | undefined> {
  const { engine, environment } = session.stack;
  const [first] = instancesOf({ ...nothingObserved, instances: session.board.all }, service);
  if (!first) return undefined;
  const paths = await engine.executables(service, first.number, environment, signal);
  if (!paths) return undefined;
  return judgePrograms(paths);
}

/** What files of programs tell; undefined where one is Node's. Pure. */
export function judgePrograms(paths: readonly string[]): OtherPrograms | undefined {
  const names = [...new Set(paths.map((path) => posix.basename(path.replaceAll("\\", "/"))))];
  if (names.some((name) => node.test(name))) return undefined;
  return { names, mayStartNode: names.some((name) => starter.test(name)) };
}
