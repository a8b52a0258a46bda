import { debugPorts, type Emit } from "@drydock/core";
import { type EngineRoom, labelOf, type Stack } from "./engine-room.ts";
import type { InstanceProcess } from "./instance-process.ts";
import { groupPorts } from "./own-port.ts";
import { planLaunch } from "./plan-launch.ts";
import { refreshProxies } from "./refresh-proxies.ts";

// A program that reads its port has opened it by then; one that does not is looked at, less and less often.
const looksMs = [1_000, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000];

/**
 * A program that does not read PORT listens where its code says. While the instance waits for the port that it was given, looks
 * where its processes really listen; the address follows, and the person is told. Ends when it is ready or over.
 */
export async function followRealPorts(
  room: EngineRoom,
  stack: Stack,
  instance: InstanceProcess,
  emit: Emit,
  signal: AbortSignal,
): Promise<void> {
  const { service, number } = instance.instance;
  const { clock } = room.options;
  for (const ms of looksMs) {
    await clock.sleep(ms, signal);
    const { state, addresses } = instance.instance;
    const [given] = addresses;
    if ((state !== "starting" && state !== "unhealthy") || !given || instance.group === undefined) return;
    const others = debugPorts(stack.environment.services.find(({ name }) => name === service)?.environment ?? {});
    const ports = await groupPorts(instance.group, others);
    if (ports.has(given.port)) return; // it listens; its check has another reason to fail
    const real = ports.has(given.target) ? given.target : ports.size === 1 ? [...ports][0] : undefined;
    if (real === undefined) continue;
    room.ports.correct(service, number, given.target, real);
    instance.relocate((await planLaunch(room, stack, service, number)).launch);
    await refreshProxies(room, stack, emit);
    const label = labelOf(stack.environment, service, number);
    const message = `${label} listens on ${real}, not on the ${given.port} that it was given`;
    const hint = "Let it read its port from the variable PORT, and it can have any";
    emit({ kind: "notice", at: clock.now(), level: "info", message, hint });
    return;
  }
}
