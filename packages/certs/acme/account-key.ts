import { createPrivateKey, generateKeyPairSync } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { requirePrivate } from "../private-file.ts";

/** Whether this machine has had an account there: its key exists. */
export async function hasAccountKey(path: string): Promise<boolean> {
  return (await readKey(path)) !== undefined;
}

/** The key of an account, made on first use; ECDSA P-256, as PEM, in a file that only its owner can read. @throws DevError KEY_READABLE; Error for a damaged file */
export async function openAccountKey(path: string): Promise<string> {
  const found = await readKey(path);
  if (found !== undefined) {
    await requirePrivate(path);
    createPrivateKey(found);
    return found;
  }
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  try {
    await writeFile(path, pem, { mode: 0o600, flag: "wx", flush: true });
    return pem;
  } catch (error) {
    // Another process made one at the same time.
    const other = (error as NodeJS.ErrnoException).code === "EEXIST" ? await readKey(path) : undefined;
    if (other === undefined) throw error;
    return other;
  }
}

async function readKey(path: string): Promise<string | undefined> {
  return readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    return undefined;
  });
}
