import { catalogCommands } from "./catalog/catalog-commands.ts";
import type { Command } from "./command.ts";
import { crudCommands } from "./crud/crud-commands.ts";

/** Commands on documents, collections, indexes and databases. */
export const dataCommands: readonly Command[] = [...crudCommands, ...catalogCommands];
