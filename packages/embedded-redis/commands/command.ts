import type { CommandContext } from "../server/command-context.ts";
import type { CommandShape } from "./command-shape.ts";

/** A command of this server. To add one, write it beside its neighbours and add it to its family's list. */
export type Command = CommandShape<CommandContext>;
