import type { Command } from "./command.ts";
import { dataCommands } from "./data-commands.ts";
import { serverCommands } from "./server-commands.ts";

/** Every command of the server. */
export const allCommands: readonly Command[] = [...serverCommands, ...dataCommands];
