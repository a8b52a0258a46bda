import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Emit } from "@drydock/core";
import { type EngineRoom, instanceKey, labelOf, type Stack } from "./engine-room.ts";
import type { InstanceProcess } from "./instance-process.ts";
import { planLaunch } from "./plan-launch.ts";
import { configurationName } from "./providers/nginx.ts";

/**
 * Renders the configuration of each proxy that runs again, and lets it reload where the text changed: the addresses of what
 * it passes to may be others now. Resolves with those that were told to. What cannot be rendered leaves the old one serving, with a notice.
 */
export async function refreshProxies(room: EngineRoom, stack: Stack, emit: Emit): Promise<readonly InstanceProcess[]> {
  const told: InstanceProcess[] = [];
  for (const proxy of room.instances.values()) {
    const { instance, launch, group } = proxy;
    const { service, number } = instance;
    if (!launch.isRendered || group === undefined || !stack.blueprints.has(service)) continue;
    const file = join(room.runDirectory, instanceKey(service, number), configurationName);
    const text = () => readFile(file, "utf8").catch(() => undefined);
    try {
      const before = await text();
      await planLaunch(room, stack, service, number);
      // nginx(8): SIGHUP to the master loads the configuration and replaces the workers.
      if ((await text()) === before) continue;
      room.reloaded.add(proxy);
      process.kill(group, "SIGHUP");
      told.push(proxy);
    } catch (error) {
      const label = labelOf(stack.environment, service, number);
      const message = `${label}: its old configuration goes on serving: ${error instanceof Error ? error.message : error}`;
      emit({ kind: "notice", at: room.options.clock.now(), level: "warning", message });
    }
  }
  return told;
}
