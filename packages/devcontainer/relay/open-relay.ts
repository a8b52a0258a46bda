import { openNodeRelay } from "./node-relay.ts";
import type { Relay } from "./relay.ts";
import { openShellRelay } from "./shell-relay.ts";

/** Opens a way into a running container by what it has: Node, else whatever connects a pipe to a port. `variables` name the Docker engine. */
export async function openRelay(containerId: string, variables: Readonly<Record<string, string>>): Promise<Relay> {
  return (await openNodeRelay(containerId, variables)) ?? openShellRelay(containerId, variables);
}
