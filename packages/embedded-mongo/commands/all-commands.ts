import type { Command } from "./command.ts";

/** Every command of the server; a new one is a file and a line here. */
export const allCommands: readonly Command[] = [];
