import { catalogCommands } from "./catalog/catalog-commands.ts";
import type { Command } from "./command.ts";
import { crudCommands } from "./crud/crud-commands.ts";

/** Every command of the server; a new one is a file and a line here. */
export const allCommands: readonly Command[] = [...crudCommands, ...catalogCommands];
