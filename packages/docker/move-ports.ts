import type { ApplyContext, Service } from "@drydock/core";
import type { EngineScope } from "./engine-scope.ts";

export async function movePorts(
  _scope: EngineScope,
  _services: readonly Service[],
  _context: ApplyContext,
): Promise<string | undefined> {
  return undefined;
}
