import type { Emit } from "@drydock/core";
import type { EngineRoom, Stack } from "./engine-room.ts";

export async function refreshProxies(_room: EngineRoom, _stack: Stack, _emit: Emit): Promise<void> {}
