import { mechanisms } from "../../auth/credentials.ts";
import { startLogin } from "../../auth/login.ts";
import { MongoError } from "../../errors/mongo-error.ts";
import type { CommandContext } from "../../server/command-context.ts";
import { sessionTimeoutMinutes } from "../../sessions/session-store.ts";
import { Document, type Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";
import { DateValue, int32, ObjectIdValue } from "../../values/scalars.ts";
import { offeredCompressors } from "../../wire/compression.ts";
import { maxDocumentBytes, maxMessageBytes, maxWriteBatch } from "../../wire/limits.ts";
import type { Command } from "../command.ts";
import { optionalCount } from "../request-fields.ts";
import { readClientMetadata } from "./client-metadata.ts";
import { memberFields } from "./member-fields.ts";

/** What MongoDB 8.0 speaks. */
const maxWireVersion = 25;

/** Tells a client what this server is; waits for a change of it when the client knows the present state (manual, hello). */
export const hello: Command = {
  name: "hello",
  aliases: ["isMaster", "ismaster"],
  access: "none",
  help: "What this server is, and its limits.",
  async run(context, request) {
    await awaitChange(context, request);
    const { server, connection, clock } = context;
    const client = request.get("client");
    if (client instanceof Document && connection.metadata === undefined)
      connection.metadata = readClientMetadata(client);
    const isOld = request.firstName !== "hello";
    const isPrimary = !server.replicaSet || server.replicaSet.configuration !== undefined;
    const reply = new Map<string, Value>([
      [isOld ? "ismaster" : "isWritablePrimary", isPrimary],
      ...(request.get("helloOk") === true ? [["helloOk", true] as const] : []),
      ["topologyVersion", server.topology.version],
      ...(server.replicaSet ? memberFields(server.replicaSet, server.clusterTime(), clock.now()) : []),
      ["maxBsonObjectSize", int32(maxDocumentBytes)],
      ["maxMessageSizeBytes", int32(maxMessageBytes)],
      ["maxWriteBatchSize", int32(maxWriteBatch)],
      ["localTime", new DateValue(clock.now())],
      ["logicalSessionTimeoutMinutes", int32(sessionTimeoutMinutes)],
      ["connectionId", int32(connection.id)],
      ["minWireVersion", int32(0)],
      ["maxWireVersion", int32(maxWireVersion)],
      ["readOnly", false],
      ...agreedCompression(request),
      ...offeredMechanisms(context, request),
      ...(await speculativeLogin(context, request)),
    ]);
    return Document.of(reply);
  },
};

/** Holds the reply back while the client's `topologyVersion` is the present one, as long as it says. */
async function awaitChange({ server, operation }: CommandContext, request: Document): Promise<void> {
  const known = request.get("topologyVersion");
  const waitMs = optionalCount(request, "hello", "maxAwaitTimeMS");
  if (!(known instanceof Document) !== (waitMs === undefined))
    throw new MongoError(31372, "A request with a 'topologyVersion' must include 'maxAwaitTimeMS'");
  if (!(known instanceof Document) || waitMs === undefined) return;
  const processId = known.get("processId");
  const { topology } = server;
  const isThisProcess = processId instanceof ObjectIdValue && processId.id.equals(topology.processId.id);
  if (isThisProcess && known.get("counter") === topology.counter) await topology.changes.wait(waitMs, operation.signal);
}

function agreedCompression(request: Document): readonly (readonly [string, Value])[] {
  const asked = request.get("compression");
  const agreed = isArray(asked) ? offeredCompressors.filter((name) => asked.includes(name)) : [];
  return agreed.length > 0 ? [["compression", agreed]] : [];
}

/** The mechanisms of the user that the client means to log in as; the same for one who is not there. */
function offeredMechanisms({ server }: CommandContext, request: Document): readonly (readonly [string, Value])[] {
  const asked = request.get("saslSupportedMechs");
  if (typeof asked !== "string") return [];
  const dot = asked.indexOf(".");
  const user = server.users.find(asked.slice(dot + 1), asked.slice(0, dot));
  return [["saslSupportedMechs", user ? [...user.credentials.keys()] : mechanisms]];
}

/** The first step of a login together with the handshake; one that fails is left out, and the client begins again. */
async function speculativeLogin(
  context: CommandContext,
  request: Document,
): Promise<readonly (readonly [string, Value])[]> {
  const asked = request.get("speculativeAuthenticate");
  if (!(asked instanceof Document) || asked.firstName !== "saslStart") return [];
  const database = asked.get("db");
  try {
    return [["speculativeAuthenticate", startLogin(context, asked, typeof database === "string" ? database : "admin")]];
  } catch (error) {
    if (error instanceof MongoError) return [];
    throw error;
  }
}
