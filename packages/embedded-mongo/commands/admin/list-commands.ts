import { Document } from "../../values/document.ts";
import type { Command } from "../command.ts";

/** All commands of the server (manual, listCommands). */
export const listCommands: Command = {
  name: "listCommands",
  access: "none",
  help: "All commands of the server.",
  run: ({ server }) =>
    Document.from([
      [
        "commands",
        Document.from(
          server.commands.map((command) => [
            command.name,
            Document.from([
              ["help", command.help ?? ""],
              ["requiresAuth", true],
              ["secondaryOk", false],
              ["adminOnly", command.isAdminOnly ?? false],
            ]),
          ]),
        ),
      ],
    ]),
};
