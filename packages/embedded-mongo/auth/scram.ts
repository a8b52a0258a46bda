import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { type Credential, hashOf, hmac, type Mechanism } from "./credentials.ts";

/** What is wrong with a client's message or its proof: the login fails, and the client is told nothing more than that. */
export class ScramError extends Error {
  override readonly name = "ScramError";
}

/** The server's side of one SCRAM login (RFC 5802). */
export class ScramConversation {
  readonly #mechanism: Mechanism;
  readonly #credential: Credential;
  readonly #clientFirst: ClientFirst;
  readonly #serverFirst: string;
  readonly #nonce: string;

  /** `nonce` is random, base64, and new for each conversation. */
  constructor(mechanism: Mechanism, credential: Credential, clientFirst: ClientFirst, nonce: string = newNonce()) {
    this.#mechanism = mechanism;
    this.#credential = credential;
    this.#clientFirst = clientFirst;
    this.#nonce = clientFirst.nonce + nonce;
    this.#serverFirst = `r=${this.#nonce},s=${credential.salt.toString("base64")},i=${credential.iterationCount}`;
  }

  /** The answer to the client's first message. */
  get first(): string {
    return this.#serverFirst;
  }

  /** Checks the client's final message, and returns the server's. @throws ScramError */
  finish(clientFinal: string): string {
    const match = /^(c=([^,]*),r=([^,]*)(?:,.*)?),p=([^,]*)$/.exec(clientFinal);
    const [, withoutProof, binding, nonce, proof] = match ?? [];
    if (withoutProof === undefined || binding === undefined || proof === undefined)
      throw new ScramError("the client's final message is malformed");
    if (nonce !== this.#nonce) throw new ScramError("the client's nonce is another one");
    if (Buffer.from(binding, "base64").toString() !== this.#clientFirst.header)
      throw new ScramError("the client's channel binding is another one");
    const hash = hashOf[this.#mechanism];
    const text = `${this.#clientFirst.bare},${this.#serverFirst},${withoutProof}`;
    const signature = hmac(hash, this.#credential.storedKey, text);
    const given = Buffer.from(proof, "base64");
    if (given.length !== signature.length) throw new ScramError("the proof has a wrong length");
    const clientKey = Buffer.from(given.map((byte, index) => byte ^ (signature[index] ?? 0)));
    if (!timingSafeEqual(createHash(hash).update(clientKey).digest(), this.#credential.storedKey))
      throw new ScramError("the password is wrong");
    return `v=${createHmac(hash, this.#credential.serverKey).update(text).digest("base64")}`;
  }
}

const newNonce = (): string => randomBytes(24).toString("base64");

/** The client's first message, read. */
export interface ClientFirst {
  readonly user: string;
  readonly nonce: string;
  /** `n,,`: no channel binding. */
  readonly header: string;
  readonly bare: string;
}

/** Reads a client's first message. @throws ScramError */
export function readClientFirst(payload: string): ClientFirst {
  const match = /^([ny],(?:a=[^,]*)?,)(n=([^,]*),r=([^,]+)(?:,.*)?)$/.exec(payload);
  const [, header, bare, user, nonce] = match ?? [];
  if (header === undefined || bare === undefined || user === undefined || nonce === undefined)
    throw new ScramError("the client's first message is malformed");
  return { user: user.replaceAll("=2C", ",").replaceAll("=3D", "="), nonce, header, bare };
}
