import { armor, Decrypter, Encrypter } from "age-encryption";
import { wrongPassphrase } from "./errors.ts";

// age's own default: about a second of work for each guess (age, scrypt recipient stanza).
const usualWorkFactor = 18;

/**
 * Encrypts a key's PEM text with a passphrase, as an armored age file (age-encryption.org/v1): `age --decrypt` opens it, too. `workFactor`: the logarithm of
 * scrypt's N.
 */
export async function protectKey(
  keyPem: string,
  passphrase: string,
  workFactor: number = usualWorkFactor,
): Promise<string> {
  const encrypter = new Encrypter();
  encrypter.setScryptWorkFactor(workFactor);
  encrypter.setPassphrase(passphrase);
  return armor.encode(await encrypter.encrypt(keyPem));
}

/** The PEM text again. @throws DevError WRONG_PASSPHRASE; Error for a damaged file */
export async function openProtectedKey(text: string, passphrase: string, path: string): Promise<string> {
  const file = armor.decode(text);
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  try {
    return await decrypter.decrypt(file, "text");
  } catch (error) {
    // age says that no identity fits where the passphrase is another one.
    if (error instanceof Error && /no identity matched/.test(error.message)) throw wrongPassphrase(path);
    throw error;
  }
}
