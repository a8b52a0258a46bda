import { Document } from "../../values/document.ts";
import { int32 } from "../../values/scalars.ts";
import type { Command } from "../command.ts";

/** Shells ask for it when they connect. */
export const features: Command = {
  name: "features",
  access: "none",
  help: "What the server can do besides its version's features.",
  run: () =>
    Document.from([
      ["js", Document.from([["utf8", true]])],
      ["oidMachine", int32(0)],
    ]),
};
