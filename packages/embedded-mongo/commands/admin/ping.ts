import { emptyDocument } from "../../values/document.ts";
import type { Command } from "../command.ts";

/** Answers (manual, ping). */
export const ping: Command = { name: "ping", access: "none", help: "Answers.", run: () => emptyDocument };
