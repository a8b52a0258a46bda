import type { EngineRoom, Stack } from "../engine-room.ts";
import type { ServerLaunch, ServerRequest } from "./provider.ts";

export async function planNginx(_room: EngineRoom, _stack: Stack, _request: ServerRequest): Promise<ServerLaunch> {
  throw new Error("not yet");
}
