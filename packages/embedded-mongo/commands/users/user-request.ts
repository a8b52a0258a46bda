import { type Credential, type Mechanism, makeCredential, mechanisms } from "../../auth/credentials.ts";
import type { User } from "../../auth/user.ts";
import { MongoError } from "../../errors/mongo-error.ts";
import type { CommandContext } from "../../server/command-context.ts";
import type { Document, Value } from "../../values/document.ts";
import { isArray } from "../../values/encode.ts";

/** The user that the first field names, on the command's database. @throws MongoError BadValue, UserNotFound */
export function namedUser({ server, database }: CommandContext, request: Document): User {
  const name = userName(request);
  const user = server.users.find(name, database);
  if (!user) throw new MongoError("UserNotFound", `Could not find user "${name}" for db "${database}"`);
  return user;
}

/** The first field. @throws MongoError BadValue */
export function userName(request: Document): string {
  const name = request.get(request.firstName ?? "");
  if (typeof name !== "string" || name === "") throw new MongoError("BadValue", "Username must be a non-empty string");
  return name;
}

/** The credentials of a password, for the mechanisms that are asked for. @throws MongoError BadValue */
export async function credentialsOf(
  name: string,
  password: string,
  asked: Value | undefined,
): Promise<ReadonlyMap<Mechanism, Credential>> {
  if (password === "") throw new MongoError("BadValue", "Password cannot be empty");
  const wanted = isArray(asked) ? mechanisms.filter((each) => asked.includes(each)) : mechanisms;
  if (wanted.length === 0 || (isArray(asked) && wanted.length < asked.length))
    throw new MongoError("BadValue", "mechanisms must be SCRAM-SHA-1 or SCRAM-SHA-256");
  const made = wanted.map(async (each) => [each, await makeCredential(each, name, password)] as const);
  return new Map(await Promise.all(made));
}
