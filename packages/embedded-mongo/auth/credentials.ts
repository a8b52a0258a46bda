import { createHash, createHmac, pbkdf2, randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { prepare } from "./saslprep.ts";

/** The two ways to log in by a password (driver authentication specification). */
export type Mechanism = "SCRAM-SHA-1" | "SCRAM-SHA-256";

export const mechanisms: readonly Mechanism[] = ["SCRAM-SHA-1", "SCRAM-SHA-256"];

/** What the server keeps of a password (RFC 5802, section 3): nobody can log in with it. */
export interface Credential {
  readonly iterationCount: number;
  readonly salt: Buffer;
  readonly storedKey: Buffer;
  readonly serverKey: Buffer;
}

/** The hash function of a mechanism, by Node's name. */
export const hashOf: Readonly<Record<Mechanism, "sha1" | "sha256">> = {
  "SCRAM-SHA-1": "sha1",
  "SCRAM-SHA-256": "sha256",
};

/** MongoDB's own numbers of rounds and bytes of salt (manual, scramIterationCount and scramSHA256IterationCount). */
const rounds: Readonly<Record<Mechanism, { readonly iterations: number; readonly saltBytes: number }>> = {
  "SCRAM-SHA-1": { iterations: 10_000, saltBytes: 16 },
  "SCRAM-SHA-256": { iterations: 15_000, saltBytes: 28 },
};

/** Makes the credential of a password. @throws MongoError BadValue for a password that SASLprep refuses */
export async function makeCredential(mechanism: Mechanism, user: string, password: string): Promise<Credential> {
  const { iterations, saltBytes } = rounds[mechanism];
  const hash = hashOf[mechanism];
  const salt = randomBytes(saltBytes);
  const secret = mechanism === "SCRAM-SHA-1" ? digestPassword(user, password) : prepare(password);
  const salted = await promisify(pbkdf2)(secret, salt, iterations, hash === "sha1" ? 20 : 32, hash);
  const clientKey = hmac(hash, salted, "Client Key");
  return {
    iterationCount: iterations,
    salt,
    storedKey: createHash(hash).update(clientKey).digest(),
    serverKey: hmac(hash, salted, "Server Key"),
  };
}

/** MongoDB's password for SCRAM-SHA-1 (driver authentication specification, "SCRAM-SHA-1"). */
const digestPassword = (user: string, password: string): string =>
  createHash("md5").update(`${user}:mongo:${password}`).digest("hex");

/** HMAC with one of the two hash functions. */
export const hmac = (hash: "sha1" | "sha256", key: Buffer, text: string): Buffer =>
  createHmac(hash, key).update(text).digest();
