import { Document } from "../../values/document.ts";
import { int32 } from "../../values/scalars.ts";
import { maxDocumentBytes } from "../../wire/limits.ts";
import type { Command } from "../command.ts";

/** The version of MongoDB whose behaviour this server has. */
export const mongoVersion = "8.0.4";

/** In the place of a commit. */
export const gitVersion = "drydock";

/** What this server is (manual, buildInfo). `modules` names it, so that nobody takes it for mongod. */
export const buildInfo: Command = {
  name: "buildInfo",
  aliases: ["buildinfo"],
  access: "none",
  help: "The version of this server.",
  run: () =>
    Document.from([
      ["version", mongoVersion],
      ["gitVersion", gitVersion],
      ["modules", ["drydock-embedded-mongo"]],
      ["allocator", "system"],
      ["javascriptEngine", "none"],
      ["sysInfo", "deprecated"],
      ["versionArray", [int32(8), int32(0), int32(4), int32(0)]],
      ["openssl", Document.from([["running", process.versions.openssl ?? ""]])],
      [
        "buildEnvironment",
        Document.from([
          ["target_arch", process.arch],
          ["target_os", process.platform],
        ]),
      ],
      ["bits", int32(64)],
      ["debug", false],
      ["maxBsonObjectSize", int32(maxDocumentBytes)],
      ["storageEngines", ["lmdb"]],
    ]),
};
