import { map, ok, type Reply } from "../../resp/reply.ts";
import type { Tracking } from "../../server/client.ts";
import type { CommandContext } from "../../server/command-context.ts";
import type { Command } from "../command.ts";
import { CommandError, syntaxError } from "../command-error.ts";
import { integer } from "../numbers.ts";
import { OptionReader } from "../options.ts";
import { clientSub } from "./client-sub.ts";
import { endTracking } from "./end-tracking.ts";

function readTracking(context: CommandContext, options: OptionReader): Tracking {
  const prefixes: string[] = [];
  const words = new Set<string>();
  let redirect: number | undefined;
  while (options.hasMore) {
    if (options.take("REDIRECT")) {
      redirect = integer(options.value());
      if (!context.server.clients.has(redirect)) {
        throw new CommandError("ERR The client ID you want redirect to does not exist");
      }
    } else if (options.take("PREFIX")) prefixes.push(options.value());
    else {
      const word = options.word();
      if (!["BCAST", "OPTIN", "OPTOUT", "NOLOOP"].includes(word)) throw syntaxError();
      words.add(word);
    }
  }
  const isBroadcast = words.has("BCAST");
  if (prefixes.length > 0 && !isBroadcast)
    throw new CommandError("ERR PREFIX option requires BCAST mode to be enabled");
  if (isBroadcast && (words.has("OPTIN") || words.has("OPTOUT"))) {
    throw new CommandError("ERR OPTIN and OPTOUT are not compatible with BCAST");
  }
  if (words.has("OPTIN") && words.has("OPTOUT"))
    throw new CommandError("ERR You can't specify both OPTIN mode and OPTOUT mode");
  const mode = words.has("OPTIN") ? "optin" : words.has("OPTOUT") ? "optout" : "default";
  return { isBroadcast, prefixes, mode, isNoLoop: words.has("NOLOOP"), redirect };
}

function tracking(context: CommandContext, args: readonly string[]): Reply {
  const { client, server } = context;
  const options = new OptionReader(args, 2);
  const word = options.word();
  if (word === "OFF") {
    endTracking(server, client);
    return ok;
  }
  if (word !== "ON") throw syntaxError();
  const wanted = readTracking(context, options);
  if (client.tracking !== undefined && client.tracking.isBroadcast !== wanted.isBroadcast) {
    throw new CommandError(
      "ERR You can't switch BCAST mode on/off before disabling tracking for this client, and then re-enabling it with a different mode.",
    );
  }
  client.tracking = wanted;
  server.tracking.update(client);
  return ok;
}

function caching({ client }: CommandContext, [, , word = ""]: readonly string[]): Reply {
  const isYes = word.toUpperCase() === "YES";
  if (!isYes && word.toUpperCase() !== "NO") throw syntaxError();
  const mode = client.tracking?.mode;
  if (mode === undefined) {
    throw new CommandError(
      "ERR CLIENT CACHING can be called only when the client is in tracking mode with OPTIN or OPTOUT mode enabled",
    );
  }
  if (isYes && mode !== "optin")
    throw new CommandError("ERR CLIENT CACHING YES is only valid when tracking is enabled in OPTIN mode.");
  if (!isYes && mode !== "optout")
    throw new CommandError("ERR CLIENT CACHING NO is only valid when tracking is enabled in OPTOUT mode.");
  client.caching = isYes;
  return ok;
}

function trackinginfo({ client }: CommandContext): Reply {
  const { tracking: now } = client;
  const flags = now === undefined ? ["off"] : ["on"];
  if (now?.isBroadcast) flags.push("bcast");
  if (now !== undefined && now.mode !== "default") flags.push(now.mode);
  if (client.caching !== undefined) flags.push(client.caching ? "caching-yes" : "caching-no");
  if (now?.isNoLoop) flags.push("noloop");
  const redirect = now === undefined ? -1 : (now.redirect ?? 0);
  return map(["flags", { kind: "set", members: flags }, "redirect", redirect, "prefixes", now?.prefixes ?? []]);
}

/** CLIENT TRACKING, CACHING, TRACKINGINFO, GETREDIR. */
export const clientTracking: readonly Command[] = [
  clientSub("tracking", -3, "Switches the telling of changed keys on and off.", tracking),
  clientSub("caching", 3, "Says whether the next command's keys are tracked.", caching),
  clientSub("trackinginfo", 2, "Tells how keys are tracked.", trackinginfo),
  clientSub("getredir", 2, "Returns which connection gets the messages.", ({ client }) =>
    client.tracking === undefined ? -1 : (client.tracking.redirect ?? 0),
  ),
];
