import { existsSync } from "node:fs";
import { join } from "node:path";
import { probeMongo, probeRedis } from "@drydock/databases";
import type { Session } from "../../session.ts";
import type { DataEngine, ServedPart } from "./engine.ts";
import { noScratchServer, scratchServerFailed } from "./errors.ts";
import { freePort } from "./free-port.ts";
import { startGuarded } from "./guarded-child.ts";

const host = "127.0.0.1";
const readyWithinMs = 60_000;
const pollMs = 50;

/**
 * Servers on this machine, each a process of its own that ends with this one, however that ends: the embedded Redis reads the files of every Redis, the embedded
 * MongoDB its own, a mongod on PATH those of a mongod.
 */
export function serveLocally(session: Session): DataEngine["serve"] {
  return async (part, folder, signal) => {
    const { kind } = part;
    const port = await freePort(host);
    const child = await startGuarded(session, commandFor(session, part, folder, port));
    const limit = AbortSignal.any([signal, AbortSignal.timeout(readyWithinMs), child.ended]);
    const probe = () =>
      kind === "redis" ? probeRedis({ host, port }, limit) : probeMongo({ host, port }, { isPrimary: false }, limit);
    try {
      while (!(await probe()).isReady) await session.clock.sleep(pollMs, limit);
    } catch (error) {
      await child.stop();
      throw child.ended.aborted && !signal.aborted ? scratchServerFailed(part.provider, child.said) : error;
    }
    const uri = kind === "redis" ? `redis://${host}:${port}` : `mongodb://${host}:${port}/?directConnection=true`;
    return { uri, stop: child.stop };
  };
}

/** @throws DevError NO_SCRATCH_SERVER */
function commandFor(
  { serveCommand }: Session,
  { service, kind, provider }: ServedPart,
  folder: string,
  port: number,
): readonly string[] {
  if (kind === "mongo" && !provider.startsWith("embedded")) {
    if (!provider.endsWith(" on PATH")) throw noScratchServer(service, provider);
    return [provider.replace(/ on PATH$/, ""), "--dbpath", folder, "--port", String(port), "--bind_ip", host];
  }
  if (serveCommand.length === 0) throw noScratchServer(service, provider);
  const appends = existsSync(join(folder, "appendonlydir")) ? "yes" : "no";
  const place = [kind, "--host", host, "--port", String(port), "--data", folder];
  return [...serveCommand, ...place, ...(kind === "redis" ? ["--", "--appendonly", appends] : [])];
}
