import { join } from "node:path";
import { serveMongo, serveRedis } from "@drydock/session";
import type { CommandContext } from "../context.ts";
import { serveUntilEnded } from "./serve-until-ended.ts";

/** What `dev serve` was asked for. */
export interface ServeFlags {
  readonly port: number;
  readonly host: string;
  /** Absolute. */
  readonly data?: string;
  readonly memory?: true;
  readonly replicaSet?: string;
}

/** Serves until a signal, or until a client ends the server. What it says goes to standard output, a line each. @throws DevError those of the server */
export async function runServe(
  context: CommandContext,
  kind: "mongo" | "redis",
  words: readonly string[],
  flags: ServeFlags,
): Promise<void> {
  const say = (line: string) => void context.stdout.write(`${line}\n`);
  const dataDirectory = flags.memory ? undefined : (flags.data ?? join(context.directory, ".dev/serve", kind));
  const request = { host: flags.host, port: flags.port, dataDirectory, arguments: words, log: say };
  const served =
    kind === "redis"
      ? await serveRedis(request)
      : await serveMongo({ ...request, replicaSet: flags.replicaSet, user: rootUser(context.variables) });
  for (const notice of served.notices) say(notice);
  const place = dataDirectory === undefined ? "in memory" : `in ${dataDirectory}`;
  say(`${served.title}, for development, data ${place}: ${served.uris.map(withoutPassword).join(" ")}`);
  await serveUntilEnded(served, context.signal);
}

/** A log is no place for a password. */
function withoutPassword(uri: string): string {
  return uri.replace(/:[^:@/]+@/, ":***@");
}

/** The user that the official image's variables ask for (hub.docker.com/_/mongo, Environment Variables). */
function rootUser(variables: Readonly<Record<string, string>>) {
  const { MONGO_INITDB_ROOT_USERNAME: name, MONGO_INITDB_ROOT_PASSWORD: password } = variables;
  return name && password ? { name, password } : undefined;
}
