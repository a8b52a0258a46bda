import { resolve } from "node:path";
import { type Command, Option } from "commander";
import type { AddCommand } from "../add-command.ts";
import type { CommandContext } from "../context.ts";
import { portNumber } from "../parse-values.ts";
import type { ServeFlags } from "../run/run-serve.ts";

/** `dev serve`: one of our servers alone, until Ctrl-C. */
export const addServe: AddCommand = (program, context) => {
  const serve = program
    .command("serve")
    .description("Run an embedded server alone: mongo, redis or nginx")
    .addHelpText("after", "\nExample:\n  dev serve mongo --memory --replica-set rs0");
  addServer(serve, context, "mongo", "A MongoDB server for development, in Node", 27017).option(
    "--replica-set <name>",
    "be the primary of a replica set: transactions and change streams work",
  );
  addServer(serve, context, "redis", "A Redis server for development, in Node", 6379);
  addProxy(serve, context);
};

function addProxy(serve: Command, context: CommandContext): void {
  serve
    .command("nginx")
    .description("The proxy for development, in Node, on an nginx configuration; SIGHUP reads it again")
    .requiredOption("-c, --config <file>", "the configuration, as nginx takes it")
    .option("--while-stdin", "end when standard input is closed: whoever started it has ended")
    .action(async ({ config, whileStdin }: { readonly config: string; readonly whileStdin?: true }) => {
      const { runServeNginx } = await import("../run/run-serve-nginx.ts");
      await runServeNginx(context, resolve(context.directory, config), whileStdin ?? false);
    });
}

function addServer(
  serve: Command,
  context: CommandContext,
  kind: "mongo" | "redis",
  description: string,
  port: number,
): Command {
  return serve
    .command(kind)
    .description(description)
    .argument("[arguments...]", "after --, what the real server's program takes")
    .addOption(new Option("--port <port>", "the port, 0 for a free one").argParser(portNumber).default(port))
    .option("--host <address>", "the address; any but loopback needs a password", "127.0.0.1")
    .addOption(
      new Option("--data <folder>", "where the data lies").argParser((path) => resolve(context.directory, path)),
    )
    .addOption(new Option("--memory", "keep nothing: the data goes with the server").conflicts("data"))
    .action(async (words: string[], flags: ServeFlags) => {
      const { runServe } = await import("../run/run-serve.ts");
      await runServe(context, kind, words, flags);
    });
}
