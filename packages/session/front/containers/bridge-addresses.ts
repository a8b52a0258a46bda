import { createServer } from "node:net";
import type { Stack } from "../../session.ts";

/**
 * This machine's addresses by which containers reach it, where they may come to the front: those of the engine's bridge that can be listened at here, which is where the engine runs on this
 * Linux. On the other systems the engine's machine leads to loopback by itself. @throws DevError those of the engine
 */
export async function containerAddresses({ settings, engine }: Stack, signal: AbortSignal): Promise<readonly string[]> {
  if (!settings.front.isForContainers) return [];
  const addresses = await engine.hostAddresses(signal);
  const areHere = await Promise.all(addresses.map(isHere));
  return addresses.filter((_, index) => areHere[index]);
}

// An interface without containers is down, and node:os does not list it; its address can be listened at all the same.
function isHere(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(0, address, () => server.close(() => resolve(true)));
  });
}
