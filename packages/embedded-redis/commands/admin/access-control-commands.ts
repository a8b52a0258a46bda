import { randomBytes } from "node:crypto";
import { map, ok, type Reply } from "../../resp/reply.ts";
import { applyAccessRule, describeCommands, describeKeys, describeUser } from "../../server/access-rules.ts";
import { AccessUser } from "../../server/access-user.ts";
import { checkPermission } from "../../server/check-permission.ts";
import { categories, categoriesOf } from "../../server/command-categories.ts";
import type { CommandContext, Server } from "../../server/command-context.ts";
import { findCommand } from "../../server/find-command.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import { helpCommand } from "../help.ts";
import { integer } from "../numbers.ts";

const sub = (name: string, arity: number, summary: string, run: Command["run"], isAdmin = true): Command => ({
  name: `acl|${name}`,
  arity,
  flags: isAdmin ? ["admin", "noscript", "loading", "stale"] : ["noscript", "loading", "stale"],
  group: "server",
  summary,
  run,
});

function newUser({ configuration }: Server, name: string): AccessUser {
  const user = new AccessUser(name);
  if (configuration.text("acl-pubsub-default") === "allchannels") user.channelPatterns = ["*"];
  return user;
}

function setuser({ server }: CommandContext, args: readonly string[]): Reply {
  const name = args[2] ?? "";
  const { users } = server.accessControl;
  if (/[\s\0]/.test(name)) throw new CommandError("ERR Usernames can't contain spaces or null characters");
  const user = users.get(name)?.clone() ?? newUser(server, name);
  for (const rule of args.slice(3)) {
    const problem = applyAccessRule(user, rule, server.commands);
    if (problem !== undefined) throw new CommandError(`ERR Error in ACL SETUSER modifier '${rule}': ${problem}`);
  }
  users.set(name, user);
  return ok;
}

function getuser({ server }: CommandContext, [, , name = ""]: readonly string[]): Reply {
  const user = server.accessControl.users.get(name);
  if (user === undefined) return null;
  const flags = [user.isOn ? "on" : "off", ...(user.isNoPassword ? ["nopass"] : [])];
  const channels = user.channelPatterns.map((pattern) => `&${pattern}`).join(" ");
  return map([
    "flags",
    { kind: "set", members: flags },
    "passwords",
    [...user.passwords],
    "commands",
    describeCommands(user),
    "keys",
    describeKeys(user),
    "channels",
    channels,
    "selectors",
    [],
  ]);
}

function deluser({ server }: CommandContext, args: readonly string[]): Reply {
  const names = args.slice(2);
  if (names.includes("default")) throw new CommandError("ERR The 'default' user cannot be removed");
  let removed = 0;
  for (const name of names) {
    if (!server.accessControl.users.delete(name)) continue;
    removed++;
    for (const client of server.clients.values()) if (client.user === name) client.close();
  }
  return removed;
}

function cat({ server }: CommandContext, [, , category]: readonly string[]): Reply {
  if (category === undefined) return categories;
  const name = category.toLowerCase();
  if (!categories.includes(name)) throw new CommandError(`ERR Unknown category '${category}'`);
  const all = [...server.commands.values()].flatMap((command) => command.subcommands ?? [command]);
  return all.filter((command) => categoriesOf(command).has(name)).map((command) => command.name);
}

function log({ server }: CommandContext, [, , word = "10"]: readonly string[]): Reply {
  const { accessControl } = server;
  if (word.toUpperCase() === "RESET") {
    accessControl.denials = [];
    return ok;
  }
  return accessControl.denials.slice(0, integer(word)).map((denial) => {
    const age = ((server.now - denial.atMs) / 1000).toFixed(3);
    const { reason, context, object, user, clientInfo, atMs, id } = denial;
    return map([
      "count",
      1,
      "reason",
      reason,
      "context",
      context,
      "object",
      object,
      "username",
      user,
      "age-seconds",
      age,
      "client-info",
      clientInfo,
      "entry-id",
      id,
      "timestamp-created",
      atMs,
      "timestamp-last-updated",
      atMs,
    ]);
  });
}

function dryrun(context: CommandContext, args: readonly string[]): Reply {
  const [, , name = "", ...inner] = args;
  const { server, client } = context;
  if (!server.accessControl.users.has(name)) throw new CommandError(`ERR User '${name}' not found`);
  const command = findCommand(server.commands, inner);
  if (command === undefined) throw new CommandError(`ERR Command '${inner[0] ?? ""}' not found`);
  const { user, isAuthenticated } = client;
  [client.user, client.isAuthenticated] = [name, true];
  const denied = checkPermission(context, command, inner);
  [client.user, client.isAuthenticated] = [user, isAuthenticated];
  return denied === undefined ? ok : denied.replace(/^NOPERM /, "");
}

function genpass(_context: CommandContext, [, , text = "256"]: readonly string[]): Reply {
  const problem = new CommandError(
    "ERR ACL GENPASS argument must be the number of bits for the output password, a positive number up to 4096",
  );
  const bits = integer(text, () => problem);
  if (bits <= 0 || bits > 4096) throw problem;
  return randomBytes(Math.ceil(bits / 8))
    .toString("hex")
    .slice(0, Math.ceil(bits / 4));
}

/** ACL. */
export const accessControlCommands: readonly Command[] = [
  {
    name: "acl",
    arity: -2,
    flags: [],
    group: "server",
    summary: "Manages users and what they may do.",
    subcommands: [
      sub("setuser", -3, "Makes or changes a user.", setuser),
      sub("getuser", 3, "Tells what a user may do.", getuser),
      sub("deluser", -3, "Removes users.", deluser),
      sub("list", 2, "Describes all users.", ({ server }) =>
        [...server.accessControl.users.values()].map(describeUser),
      ),
      sub("users", 2, "Names all users.", ({ server }) => [...server.accessControl.users.keys()]),
      sub("whoami", 2, "Names the connection's user.", ({ client }) => client.user, false),
      sub("cat", -2, "Names categories, or the commands of one.", cat, false),
      sub("genpass", -2, "Makes a password.", genpass, false),
      sub("log", -2, "Tells what was denied.", log),
      sub("dryrun", -4, "Tells whether a user may run a command.", dryrun),
      helpCommand("acl", "server", [
        "CAT [<category>]",
        "DELUSER <username> ...",
        "DRYRUN <username> <command>",
        "GENPASS [<bits>]",
        "GETUSER <username>",
        "LIST",
        "LOG [<count> | RESET]",
        "SETUSER <username> <rule> ...",
        "USERS",
        "WHOAMI",
      ]),
    ],
    run: () => null,
  },
];
