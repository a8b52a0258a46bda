import { errorReply, map, ok, type Reply, simple } from "../../resp/reply.ts";
import type { CommandContext } from "../../server/command-context.ts";
import { redisVersion } from "../../server/version.ts";
import type { Command } from "../command.ts";
import { CommandError, syntaxError } from "../command-error.ts";
import { integer } from "../numbers.ts";
import { OptionReader } from "../options.ts";
import { endTracking } from "./end-tracking.ts";

const wrongPassword = "WRONGPASS invalid username-password pair or user is disabled.";

/** Makes the client this user. @throws CommandError WRONGPASS */
function authenticate(context: CommandContext, user: string, password: string): void {
  const { client, server } = context;
  if (server.accessControl.users.get(user)?.accepts(password) !== true) {
    const denial = {
      reason: "auth",
      context: "toplevel",
      object: "AUTH",
      user,
      clientInfo: "",
      atMs: server.now,
    } as const;
    server.accessControl.deny(denial, server.configuration.number("acllog-max-len"));
    throw new CommandError(wrongPassword);
  }
  client.user = user;
  client.isAuthenticated = true;
}

const auth: Command = {
  name: "auth",
  arity: -2,
  flags: ["noscript", "loading", "stale", "fast", "no_auth", "skip_monitor", "skip_slowlog"],
  group: "connection",
  summary: "Authenticates the connection.",
  run(context, args) {
    if (args.length > 3) throw syntaxError();
    const [, first = "", second] = args;
    if (second === undefined && context.server.accessControl.default.isNoPassword) {
      return errorReply(
        "ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?",
      );
    }
    authenticate(context, second === undefined ? "default" : first, second ?? first);
    return ok;
  },
};

function describeServer({ client }: CommandContext): Reply {
  return map([
    "server",
    "redis",
    "version",
    redisVersion,
    "proto",
    client.protocol,
    "id",
    client.id,
    "mode",
    "standalone",
    "role",
    "master",
    "modules",
    [],
  ]);
}

const hello: Command = {
  name: "hello",
  arity: -1,
  flags: ["noscript", "loading", "stale", "fast", "no_auth", "skip_monitor", "skip_slowlog", "allow_busy"],
  group: "connection",
  summary: "Agrees on the protocol's version and authenticates the connection.",
  run(context, args) {
    const { client, server } = context;
    const version =
      args.length > 1
        ? integer(args[1], () => new CommandError("ERR Protocol version is not an integer or out of range"))
        : client.protocol;
    if (version !== 2 && version !== 3) throw new CommandError("NOPROTO unsupported protocol version");
    const options = new OptionReader(args, 2);
    let name: string | undefined;
    while (options.hasMore) {
      const start = options.position;
      if (options.take("AUTH") && options.remaining >= 2) authenticate(context, options.value(), options.value());
      else if (options.take("SETNAME") && options.remaining >= 1) name = options.value();
      else throw new CommandError(`ERR Syntax error in HELLO option '${args[start]}'`);
    }
    if (!client.isAuthenticated && !server.accessControl.default.isNoPassword) {
      throw new CommandError(
        "NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO <proto> AUTH <user> <pass> option can be used to authenticate the client and select the RESP protocol version at the same time",
      );
    }
    if (name !== undefined) client.name = checkedName(name);
    client.protocol = version;
    return describeServer(context);
  },
};

/** A name for CLIENT LIST. @throws CommandError for blanks and what does not print */
export function checkedName(name: string, what = "Client names"): string {
  if (/^[!-~]*$/.test(name)) return name;
  throw new CommandError(`ERR ${what} cannot contain spaces, newlines or special characters.`);
}

const select: Command = {
  name: "select",
  arity: 2,
  flags: ["loading", "stale", "fast"],
  group: "connection",
  summary: "Selects a database.",
  run(context, [, text]) {
    const index = integer(text);
    if (context.server.databases[index] === undefined) throw new CommandError("ERR DB index is out of range");
    context.selected = index;
    return ok;
  },
};

const ping: Command = {
  name: "ping",
  arity: -1,
  flags: ["fast"],
  group: "connection",
  summary: "Answers PONG, or what was sent.",
  run({ client }, args) {
    if (args.length > 2) throw new CommandError("ERR wrong number of arguments for 'ping' command");
    if (client.protocol === 2 && client.subscriptions > 0) return ["pong", args[1] ?? ""];
    return args[1] ?? simple("PONG");
  },
};

const echo: Command = {
  name: "echo",
  arity: 2,
  flags: ["loading", "stale", "fast"],
  group: "connection",
  summary: "Answers what was sent.",
  run: (_context, [, text = ""]) => text,
};

const quit: Command = {
  name: "quit",
  arity: -1,
  flags: ["noscript", "loading", "stale", "fast", "no_auth", "allow_busy"],
  group: "connection",
  summary: "Closes the connection.",
  run({ client }) {
    // The reply is written before the connection ends.
    queueMicrotask(client.close);
    client.isClosing = true;
    return ok;
  },
};

const reset: Command = {
  name: "reset",
  arity: 1,
  flags: ["noscript", "loading", "stale", "fast", "no_auth", "allow_busy"],
  group: "connection",
  summary: "Makes the connection as it was when it was new.",
  run({ client, server }) {
    client.queue = undefined;
    client.isQueueBroken = false;
    server.unwatch(client);
    server.pubSub.forget(client);
    server.monitors.delete(client);
    client.isMonitor = false;
    endTracking(server, client);
    client.name = "";
    client.database = 0;
    client.protocol = 2;
    client.replyMode = "on";
    client.user = "default";
    client.isAuthenticated = server.accessControl.default.isNoPassword;
    client.isNoEvict = false;
    client.isNoTouch = false;
    return simple("RESET");
  },
};

/** AUTH, HELLO, SELECT, PING, ECHO, QUIT, RESET. */
export const handshake: readonly Command[] = [auth, hello, select, ping, echo, quit, reset];
