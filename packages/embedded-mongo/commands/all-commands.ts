import { catalogCommands } from "./catalog/catalog-commands.ts";
import type { Command } from "./command.ts";
import { crudCommands } from "./crud/crud-commands.ts";
import { serverCommands } from "./server-commands.ts";

/** Every command of the server. */
export const allCommands: readonly Command[] = [...serverCommands, ...crudCommands, ...catalogCommands];
