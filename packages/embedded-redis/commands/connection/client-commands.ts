import { ok, type Reply } from "../../resp/reply.ts";
import type { Client } from "../../server/client.ts";
import type { CommandContext } from "../../server/command-context.ts";
import { describeClient } from "../../server/describe-client.ts";
import type { Command } from "../command.ts";
import { CommandError, syntaxError } from "../command-error.ts";
import { helpCommand } from "../help.ts";
import { integer } from "../numbers.ts";
import { OptionReader } from "../options.ts";
import { clientPause } from "./client-pause.ts";
import { clientSub } from "./client-sub.ts";
import { clientTracking } from "./client-tracking.ts";
import { checkedName } from "./handshake.ts";

const typeOf = (client: Client): string => (client.subscriptions > 0 && client.protocol === 2 ? "pubsub" : "normal");

function list({ server }: CommandContext, args: readonly string[]): Reply {
  const options = new OptionReader(args, 2);
  let clients = [...server.clients.values()];
  if (options.take("TYPE")) {
    const type = options.value().toLowerCase();
    if (!["normal", "master", "replica", "slave", "pubsub"].includes(type)) {
      throw new CommandError(`ERR Unknown client type '${args[3]}'`);
    }
    clients = clients.filter((each) => typeOf(each) === type);
  } else if (options.take("ID")) {
    const ids = options.rest().map((text) => integer(text, () => new CommandError("ERR Invalid client ID")));
    clients = clients.filter(({ id }) => ids.includes(id));
  }
  if (options.hasMore) throw syntaxError();
  const text = clients.map((client) => `${describeClient(client, server.now)}\n`).join("");
  return { kind: "verbatim", format: "txt", text };
}

function kill({ client: self, server }: CommandContext, args: readonly string[]): Reply {
  if (args.length === 3) {
    const found = [...server.clients.values()].find(({ address }) => address === args[2]);
    if (found === undefined) throw new CommandError("ERR No such client");
    found.close();
    return ok;
  }
  const options = new OptionReader(args, 2);
  let [victims, isSkippingMe] = [[...server.clients.values()], true];
  while (options.hasMore) {
    const word = options.word();
    const value = options.value();
    if (word === "ID")
      victims = victims.filter(
        ({ id }) => id === integer(value, () => new CommandError("ERR client-id should be greater than 0")),
      );
    else if (word === "ADDR") victims = victims.filter(({ address }) => address === value);
    else if (word === "LADDR") victims = victims.filter(({ localAddress }) => localAddress === value);
    else if (word === "USER") victims = victims.filter(({ user }) => user === value);
    else if (word === "TYPE") victims = victims.filter((each) => typeOf(each) === value.toLowerCase());
    else if (word === "MAXAGE")
      victims = victims.filter(({ createdAt }) => server.now - createdAt >= integer(value) * 1000);
    else if (word === "SKIPME" && /^(yes|no)$/i.test(value)) isSkippingMe = value.toLowerCase() === "yes";
    else throw syntaxError();
  }
  const chosen = isSkippingMe ? victims.filter((each) => each !== self) : victims;
  for (const victim of chosen) victim.close();
  return chosen.length;
}

function unblock({ server }: CommandContext, [, , idText, word = "TIMEOUT"]: readonly string[]): Reply {
  const how = word.toUpperCase();
  if (how !== "TIMEOUT" && how !== "ERROR")
    throw new CommandError("ERR CLIENT UNBLOCK reason should be TIMEOUT or ERROR");
  const blocked = server.clients.get(integer(idText))?.blocked;
  if (blocked === undefined) return 0;
  blocked.end(
    how === "ERROR"
      ? { kind: "error", message: "UNBLOCKED client unblocked via CLIENT UNBLOCK" }
      : blocked.timeoutReply,
  );
  return 1;
}

function reply({ client }: CommandContext, [, , word = ""]: readonly string[]): Reply {
  const mode = word.toUpperCase();
  if (mode === "ON") client.replyMode = "on";
  else if (mode === "OFF") client.replyMode = "off";
  else if (mode === "SKIP") {
    if (client.replyMode === "on") client.replyMode = "skip-next";
  } else throw syntaxError();
  return ok;
}

function setinfo({ client }: CommandContext, [, , name = "", value = ""]: readonly string[]): Reply {
  const field = name.toLowerCase();
  if (field === "lib-name") client.libraryName = checkedName(value, "lib-name");
  else if (field === "lib-ver") client.libraryVersion = checkedName(value, "lib-ver");
  else throw new CommandError(`ERR Unrecognized option '${name}'`);
  return ok;
}

const onOff =
  (set: (client: Client, isOn: boolean) => void): Command["run"] =>
  ({ client }, [, , word = ""]) => {
    if (!/^(on|off)$/i.test(word)) throw syntaxError();
    set(client, word.toLowerCase() === "on");
    return ok;
  };

const client: Command = {
  name: "client",
  arity: -2,
  flags: [],
  group: "connection",
  summary: "Tells of connections and changes them.",
  subcommands: [
    clientSub("id", 2, "Returns the id of the connection.", ({ client: { id } }) => id),
    clientSub("getname", 2, "Returns the name of the connection.", ({ client: { name } }) => name || null),
    clientSub("setname", 3, "Names the connection.", (context, [, , name = ""]) => {
      context.client.name = checkedName(name);
      return ok;
    }),
    clientSub("setinfo", 4, "Tells which library the client is.", setinfo),
    clientSub("info", 2, "Describes this connection.", (context) => ({
      kind: "verbatim",
      format: "txt",
      text: `${describeClient(context.client, context.now())}\n`,
    })),
    clientSub("list", -2, "Describes all connections.", list, true),
    clientSub("kill", -3, "Closes connections.", kill, true),
    clientSub("unblock", -3, "Ends the wait of a connection.", unblock, true),
    clientSub("reply", 3, "Switches replies off and on.", reply),
    clientSub(
      "no-evict",
      3,
      "Accepted: clients are not evicted.",
      onOff((each, isOn) => {
        each.isNoEvict = isOn;
      }),
      true,
    ),
    clientSub(
      "no-touch",
      3,
      "Lets this connection's commands not count as accesses.",
      onOff((each, isOn) => {
        each.isNoTouch = isOn;
      }),
    ),
    ...clientPause,
    ...clientTracking,
    helpCommand("client", "connection", [
      "ID",
      "INFO",
      "LIST",
      "PAUSE <timeout> [WRITE|ALL]",
      "UNPAUSE",
      "KILL <option> ...",
      "GETNAME",
      "SETNAME <name>",
      "REPLY (ON|OFF|SKIP)",
      "TRACKING (ON|OFF) ...",
      "UNBLOCK <id>",
    ]),
  ],
  run: () => null,
};

/** CLIENT. */
export const clientCommands: readonly Command[] = [client];
