import { Document, type Value } from "../values/document.ts";
import { isArray } from "../values/encode.ts";
import { BinaryValue, Int32, int32 } from "../values/scalars.ts";
import { type Credential, type Mechanism, mechanisms } from "./credentials.ts";
import { type Role, readRoles, roleDocument } from "./role.ts";

/** A user as the server keeps it. */
export interface User {
  /** `database.name`. */
  readonly id: string;
  readonly name: string;
  readonly database: string;
  /** A UUID, 16 bytes. */
  readonly userId: Buffer;
  readonly roles: readonly Role[];
  readonly credentials: ReadonlyMap<Mechanism, Credential>;
  readonly customData: Document | undefined;
}

/** The document of admin.system.users (manual, "system.users Collection"). */
export function userDocument(user: User): Document {
  const credentials = [...user.credentials].map(([name, each]) => [name, credentialDocument(each)] as const);
  return Document.from([
    ["_id", user.id],
    ["userId", new BinaryValue(4, user.userId)],
    ["user", user.name],
    ["db", user.database],
    ["credentials", Document.from(credentials)],
    ...(user.customData ? [["customData", user.customData] as const] : []),
    ["roles", user.roles.map(roleDocument)],
  ]);
}

const credentialDocument = (credential: Credential): Document =>
  Document.from([
    ["iterationCount", int32(credential.iterationCount)],
    ["salt", credential.salt.toString("base64")],
    ["storedKey", credential.storedKey.toString("base64")],
    ["serverKey", credential.serverKey.toString("base64")],
  ]);

/** Reads such a document; undefined when it is not one. */
export function readUser(document: Document): User | undefined {
  const [id, name, database, userId] = ["_id", "user", "db", "userId"].map((field) => document.get(field));
  if (typeof id !== "string" || typeof name !== "string" || typeof database !== "string") return undefined;
  const roles = document.get("roles");
  const credentials = document.get("credentials");
  const customData = document.get("customData");
  return {
    id,
    name,
    database,
    userId: userId instanceof BinaryValue ? Buffer.from(userId.bytes) : Buffer.alloc(16),
    roles: isArray(roles) ? readRoles(roles, database) : [],
    credentials: credentials instanceof Document ? readCredentials(credentials) : new Map(),
    customData: customData instanceof Document ? customData : undefined,
  };
}

function readCredentials(document: Document): ReadonlyMap<Mechanism, Credential> {
  const credentials = new Map<Mechanism, Credential>();
  for (const mechanism of mechanisms) {
    const each = document.get(mechanism);
    const iterations = each instanceof Document ? each.get("iterationCount") : undefined;
    if (!(each instanceof Document) || !(iterations instanceof Int32)) continue;
    credentials.set(mechanism, {
      iterationCount: iterations.value,
      salt: bytesOf(each.get("salt")),
      storedKey: bytesOf(each.get("storedKey")),
      serverKey: bytesOf(each.get("serverKey")),
    });
  }
  return credentials;
}

const bytesOf = (value: Value | undefined): Buffer => Buffer.from(typeof value === "string" ? value : "", "base64");
