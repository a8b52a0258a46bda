import { readFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { badIdentity, badRecipient } from "../errors.ts";

/** Puts a stream of bytes through age, piece by piece. */
export type Crypt = (stream: Readable) => Promise<Readable>;

/** Encrypts for these recipients (age1...). @throws DevError BAD_RECIPIENT */
export async function encryptFor(recipients: readonly string[]): Promise<Crypt> {
  const { Encrypter } = await import("age-encryption");
  const encrypter = new Encrypter();
  for (const recipient of recipients) {
    try {
      encrypter.addRecipient(recipient);
    } catch (error) {
      throw badRecipient(recipient, error);
    }
  }
  return async (stream) => fromWeb(await encrypter.encrypt(toWeb(stream)));
}

/**
 * Decrypts with the identities of a file: a line each, and lines that begin with # are comments (age, "Recipients and identity files"). The stream's
 * promise is rejected where none of them fits. @throws DevError BAD_IDENTITY
 */
export async function decryptWith(identityFile: string): Promise<Crypt> {
  const text = await readFile(identityFile, "utf8").catch((error: unknown) => {
    throw badIdentity(identityFile, error);
  });
  const identities = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
  const { Decrypter } = await import("age-encryption");
  const decrypter = new Decrypter();
  try {
    if (identities.length === 0) throw badIdentity(identityFile);
    for (const identity of identities) decrypter.addIdentity(identity);
  } catch {
    throw badIdentity(identityFile);
  }
  return async (stream) => fromWeb(await decrypter.decrypt(toWeb(stream)));
}

type Web = ReadableStream<Uint8Array<ArrayBuffer>>;

/** Chunks of a stream as age takes them: what it has read, it may keep. */
function toWeb(stream: Readable): Web {
  const chunks = stream[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(new Uint8Array(value));
    },
    async cancel() {
      stream.destroy();
    },
  });
}

function fromWeb(stream: ReadableStream<Uint8Array>): Readable {
  return Readable.from(chunksOf(stream), { objectMode: false });
}

async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  let isDone = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      isDone = done;
      if (done) return;
      yield value;
    }
  } finally {
    if (!isDone) await reader.cancel().catch(() => undefined); // it failed already
  }
}
