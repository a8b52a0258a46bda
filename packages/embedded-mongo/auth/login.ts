import { createHash, randomBytes } from "node:crypto";
import { MongoError } from "../errors/mongo-error.ts";
import type { CommandContext } from "../server/command-context.ts";
import { Document, type Value } from "../values/document.ts";
import { BinaryValue, Int32, int32 } from "../values/scalars.ts";
import { type Credential, type Mechanism, mechanisms } from "./credentials.ts";
import { type ClientFirst, readClientFirst, ScramConversation, ScramError } from "./scram.ts";

const failed = (): MongoError => new MongoError("AuthenticationFailed", "Authentication failed.");

/** The first step of a login: `saslStart`, also inside hello. @throws MongoError AuthenticationFailed, MechanismUnavailable */
export function startLogin({ server, connection }: CommandContext, request: Document, database: string): Document {
  const mechanism = mechanisms.find((each) => each === request.get("mechanism"));
  if (!mechanism)
    throw new MongoError(
      "MechanismUnavailable",
      `Received authentication for mechanism ${named(request)} which is not enabled`,
    );
  const first = readFirst(request.get("payload"));
  const user = server.users.find(first.user, database);
  // Who is not there gets an answer like the others, and fails at the next step.
  const credential = user ? user.credentials.get(mechanism) : unknownCredential(mechanism, `${database}.${first.user}`);
  if (!credential) throw failed();
  const conversation = new ScramConversation(mechanism, credential, first);
  const options = request.get("options");
  const skipsEmptyExchange = options instanceof Document && options.get("skipEmptyExchange") === true;
  connection.login = { conversationId: 1, user, conversation, skipsEmptyExchange, isProved: false };
  return stepReply(conversation.first, false);
}

/** The next step: `saslContinue`. @throws MongoError AuthenticationFailed, ProtocolError */
export function continueLogin({ server, connection }: CommandContext, request: Document): Document {
  const { login } = connection;
  const id = request.get("conversationId");
  if (!login || !(id instanceof Int32) || id.value !== login.conversationId)
    throw new MongoError("ProtocolError", "No SASL session state found");
  const payload = textOf(request.get("payload"));
  if (login.isProved) {
    connection.login = undefined;
    connection.user = login.user;
    return stepReply("", true);
  }
  try {
    const last = login.conversation.finish(payload);
    if (!login.user) throw new ScramError("there is no such user");
    if (login.skipsEmptyExchange) {
      connection.login = undefined;
      connection.user = login.user;
    } else login.isProved = true;
    return stepReply(last, login.skipsEmptyExchange);
  } catch (error) {
    connection.login = undefined;
    if (!(error instanceof ScramError)) throw error;
    server.log.write(`A login from ${connection.remote} failed: ${error.message}.`);
    throw failed();
  }
}

function readFirst(payload: Value | undefined): ClientFirst {
  try {
    return readClientFirst(textOf(payload));
  } catch (error) {
    throw error instanceof ScramError ? failed() : error;
  }
}

const named = (request: Document): string => String(request.get("mechanism"));

const textOf = (payload: Value | undefined): string =>
  payload instanceof BinaryValue ? payload.bytes.toString("utf8") : typeof payload === "string" ? payload : "";

const stepReply = (payload: string, isDone: boolean): Document =>
  Document.from([
    ["conversationId", int32(1)],
    ["done", isDone],
    ["payload", new BinaryValue(0, Buffer.from(payload))],
    ["ok", 1],
  ]);

// Random once per process, so that the salt of an unknown user is the same each time, as a real one's is.
const secret = randomBytes(32);

function unknownCredential(mechanism: Mechanism, id: string): Credential {
  const digest = createHash("sha256").update(secret).update(id).digest();
  const isOld = mechanism === "SCRAM-SHA-1";
  return {
    iterationCount: isOld ? 10_000 : 15_000,
    salt: digest.subarray(0, isOld ? 16 : 28),
    storedKey: randomBytes(isOld ? 20 : 32),
    serverKey: randomBytes(isOld ? 20 : 32),
  };
}
