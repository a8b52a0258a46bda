import type { Reply } from "../../resp/reply.ts";
import { matchesGlob } from "../../server/glob.ts";
import type { SubscriptionKind } from "../../server/pub-sub.ts";
import type { Command } from "../command.ts";
import { helpCommand } from "../help.ts";

const subscriber = (name: string, kind: SubscriptionKind, summary: string): Command => ({
  name,
  arity: -2,
  flags: ["pubsub", "noscript", "loading", "stale"],
  group: "pubsub",
  summary,
  run({ client, server }, args) {
    const replies = args.slice(1).map((channel): Reply => {
      server.pubSub.subscribe(kind, channel, client);
      const count = kind === "shardChannels" ? client.shardChannels.size : client.channels.size + client.patterns.size;
      return { kind: "push", items: [name, channel, count] };
    });
    return { kind: "several", replies };
  },
});

const unsubscriber = (name: string, kind: SubscriptionKind, summary: string): Command => ({
  name,
  arity: -1,
  flags: ["pubsub", "noscript", "loading", "stale"],
  group: "pubsub",
  summary,
  run({ client, server }, args) {
    const names: readonly string[] = args.length > 1 ? args.slice(1) : [...client[kind]];
    const count = () =>
      kind === "shardChannels" ? client.shardChannels.size : client.channels.size + client.patterns.size;
    const replies = names.map((channel): Reply => {
      server.pubSub.unsubscribe(kind, channel, client);
      return { kind: "push", items: [name, channel, count()] };
    });
    if (replies.length === 0) replies.push({ kind: "push", items: [name, null, count()] });
    return { kind: "several", replies };
  },
});

const publisher = (name: "publish" | "spublish", summary: string): Command => ({
  name,
  arity: 3,
  flags: ["pubsub", "loading", "stale", "fast", "may_replicate"],
  group: "pubsub",
  summary,
  run: ({ server }, [, channel = "", message = ""]) =>
    name === "publish" ? server.pubSub.publish(channel, message) : server.pubSub.publishToShard(channel, message),
});

const listing = (name: string, kind: SubscriptionKind, summary: string): Command => ({
  name: `pubsub|${name}`,
  arity: -2,
  flags: ["pubsub", "loading", "stale"],
  group: "pubsub",
  summary,
  run({ server }, [, , pattern]) {
    const names = [...server.pubSub.listeners(kind).keys()];
    return pattern === undefined ? names : names.filter((each) => matchesGlob(pattern, each));
  },
});

const counting = (name: string, kind: SubscriptionKind, summary: string): Command => ({
  name: `pubsub|${name}`,
  arity: -2,
  flags: ["pubsub", "loading", "stale"],
  group: "pubsub",
  summary,
  run({ server }, args) {
    const listeners = server.pubSub.listeners(kind);
    return args.slice(2).flatMap((channel) => [channel, listeners.get(channel)?.size ?? 0]);
  },
});

const numpat: Command = {
  name: "pubsub|numpat",
  arity: 2,
  flags: ["pubsub", "loading", "stale"],
  group: "pubsub",
  summary: "Counts the patterns that somebody listens to.",
  run: ({ server }) => server.pubSub.listeners("patterns").size,
};

const pubsub: Command = {
  name: "pubsub",
  arity: -2,
  flags: [],
  group: "pubsub",
  summary: "Tells who listens to what.",
  subcommands: [
    listing("channels", "channels", "Returns the channels that somebody listens to."),
    listing("shardchannels", "shardChannels", "Returns the shard channels that somebody listens to."),
    counting("numsub", "channels", "Counts the listeners of channels."),
    counting("shardnumsub", "shardChannels", "Counts the listeners of shard channels."),
    numpat,
    helpCommand("pubsub", "pubsub", [
      "CHANNELS [<pattern>]",
      "NUMPAT",
      "NUMSUB [<channel> ...]",
      "SHARDCHANNELS [<pattern>]",
      "SHARDNUMSUB [<channel> ...]",
    ]),
  ],
  run: () => null,
};

/** SUBSCRIBE, PSUBSCRIBE, SSUBSCRIBE, their opposites, PUBLISH, SPUBLISH, PUBSUB. */
export const pubSubCommands: readonly Command[] = [
  subscriber("subscribe", "channels", "Listens to channels."),
  subscriber("psubscribe", "patterns", "Listens to the channels that match patterns."),
  subscriber("ssubscribe", "shardChannels", "Listens to shard channels."),
  unsubscriber("unsubscribe", "channels", "Stops listening to channels."),
  unsubscriber("punsubscribe", "patterns", "Stops listening to patterns."),
  unsubscriber("sunsubscribe", "shardChannels", "Stops listening to shard channels."),
  publisher("publish", "Sends a message to a channel."),
  publisher("spublish", "Sends a message to a shard channel."),
  pubsub,
];
