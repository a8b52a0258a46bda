import type { Command } from "commander";
import type { CommandContext } from "./context.ts";

/** Adds one command to the program. `exitWith` sets an exit code other than 0 without an error. */
export type AddCommand = (program: Command, context: CommandContext, exitWith: (code: number) => void) => void;
