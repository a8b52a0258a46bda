import { Command } from "commander";
import { expect, test } from "vitest";
import { usageError } from "./usage-error.ts";

const explained = (given: readonly string[]): string => {
  let said = "";
  const program = new Command("dev").exitOverride().showSuggestionAfterError();
  program.configureOutput({ writeErr: () => undefined });
  const restart = program.command("restart").argument("<service...>").option("--detach").option("--port <number>");
  const config = program.command("config").option("--quiet");
  const snapshot = program.command("snapshot");
  const save = snapshot.command("save").argument("[name]");
  for (const [command, path] of [
    [restart, "dev restart"],
    [config, "dev config"],
    [snapshot, "dev snapshot"],
    [save, "dev snapshot save"],
  ] as const)
    command
      .action(() => undefined)
      .configureOutput({
        writeErr: () => undefined,
        outputError: (text) => {
          said = usageError(text, path, command.usage());
        },
      });
  expect(() => program.parse(["node", "dev", ...given])).toThrow();
  return said;
};

test("what is missing, too much or unknown is said with how the command is written", () => {
  expect(explained(["restart"])).toBe("`dev restart` needs a service.\nUsage: dev restart [options] <service...>\n");
  expect(explained(["config", "check"])).toBe(
    "`dev config` takes no arguments, and got 1.\nUsage: dev config [options]\n",
  );
  expect(explained(["snapshot", "save", "a", "b"])).toMatch(/^`dev snapshot save` takes one argument, and got 2\.\n/);
  expect(explained(["restart", "api", "--detatch"])).toBe(
    "There is no option --detatch of `dev restart`.\nDid you mean --detach?\nUsage: dev restart [options] <service...>\n",
  );
  expect(explained(["restart", "--port"])).toMatch(/^The option --port <number> needs its value\.\n/);
});
