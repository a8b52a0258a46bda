import type { CommandContext } from "../../server/command-context.ts";
import type { Operating } from "./operation-options.ts";

/** What the statements of one writing command share. */
export interface WriteRoom {
  readonly shared: Operating;
  /** Documents are stored whether the collection's validator likes them or not. */
  readonly bypasses: boolean;
  /** @throws MongoError MaxTimeMSExpired, Interrupted */
  check(): void;
}

export const writeRoom = (context: CommandContext, shared: Operating, bypasses: boolean): WriteRoom => ({
  shared,
  bypasses,
  check: () => context.operation.check(),
});
