import type { Command } from "../commands/command.ts";
import { keyPositions } from "../commands/key-positions.ts";
import type { AccessDenial } from "./access-control.ts";
import type { AccessUser } from "./access-user.ts";
import type { CommandContext } from "./command-context.ts";
import { describeClient } from "./describe-client.ts";

/** Why the client's user may not run this; undefined when it may. */
export function checkPermission(
  context: CommandContext,
  command: Command,
  args: readonly string[],
): string | undefined {
  const { client, server } = context;
  const user = server.accessControl.users.get(client.user);
  if (!client.isAuthenticated && !command.flags.includes("no_auth")) {
    const isOpen = server.accessControl.default.isNoPassword && server.accessControl.default.isOn;
    if (!isOpen || client.user !== "default") return "NOAUTH Authentication required.";
  }
  if (user === undefined || user.isUnlimited || command.flags.includes("no_auth")) return undefined;
  return checkUser(context, user, command, args);
}

function checkUser(
  context: CommandContext,
  user: AccessUser,
  command: Command,
  args: readonly string[],
): string | undefined {
  if (!user.mayRun(command)) {
    recordDenial(context, "command", command.name);
    return `NOPERM User ${user.name} has no permissions to run the '${command.name}' command`;
  }
  const isWrite = command.flags.includes("write");
  for (const position of keyPositions(command.keys, args)) {
    const key = args[position] ?? "";
    if (user.mayAccess(key, !isWrite, isWrite)) continue;
    recordDenial(context, "key", key);
    return "NOPERM No permissions to access a key";
  }
  for (const channel of channelsOf(command, args)) {
    if (user.mayListen(channel, command.name === "psubscribe")) continue;
    recordDenial(context, "channel", channel);
    return "NOPERM No permissions to access a channel";
  }
  return undefined;
}

function channelsOf(command: Command, args: readonly string[]): readonly string[] {
  if (command.name === "publish" || command.name === "spublish") return args.slice(1, 2);
  return ["subscribe", "psubscribe", "ssubscribe"].includes(command.name) ? args.slice(1) : [];
}

function recordDenial(context: CommandContext, reason: AccessDenial["reason"], object: string): void {
  const { client, server, mode } = context;
  const where = mode === "script" ? "lua" : mode === "transaction" ? "multi" : "toplevel";
  const clientInfo = describeClient(client, server.now);
  server.accessControl.deny(
    { reason, context: where, object, user: client.user, clientInfo, atMs: server.now },
    server.configuration.number("acllog-max-len"),
  );
}
