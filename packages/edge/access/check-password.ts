import { createHash, timingSafeEqual } from "node:crypto";

/** Compares a password with what a user file keeps: `{PLAIN}`, `{SHA}`, `{SSHA}` (RFC 2307, 5.3) and `$apr1$`, as ngx_http_auth_basic_module lists them. */
export function checkPassword(password: string, stored: string): "right" | "wrong" | "unknown" {
  if (stored.startsWith("{PLAIN}")) return verdict(Buffer.from(password), Buffer.from(stored.slice(7)));
  if (stored.startsWith("{SHA}")) return verdict(sha1(Buffer.from(password)), Buffer.from(stored.slice(5), "base64"));
  if (stored.startsWith("{SSHA}")) {
    const bytes = Buffer.from(stored.slice(6), "base64");
    const salt = bytes.subarray(20);
    return verdict(sha1(Buffer.concat([Buffer.from(password), salt])), bytes.subarray(0, 20));
  }
  const [, scheme, salt] = /^\$(apr1|1)\$([^$]{0,8})\$/.exec(stored) ?? [];
  if (scheme === undefined || salt === undefined) return "unknown";
  return verdict(Buffer.from(md5Crypt(password, salt, `$${scheme}$`)), Buffer.from(stored));
}

function verdict(given: Buffer, stored: Buffer): "right" | "wrong" {
  return given.length === stored.length && timingSafeEqual(given, stored) ? "right" : "wrong";
}

function sha1(bytes: Buffer): Buffer {
  return createHash("sha1").update(bytes).digest();
}

function md5(...parts: readonly Buffer[]): Buffer {
  const hash = createHash("md5");
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** Apache's variant of the MD5-based crypt (httpd.apache.org/docs/2.4/misc/password_encryptions.html): 1000 rounds. */
function md5Crypt(password: string, salt: string, magic: string): string {
  const key = Buffer.from(password);
  const pepper = Buffer.from(salt);
  const inner = md5(key, pepper, key);
  const parts: Buffer[] = [key, Buffer.from(magic), pepper];
  for (let left = key.length; left > 0; left -= 16) parts.push(inner.subarray(0, Math.min(16, left)));
  for (let bits = key.length; bits > 0; bits >>= 1) parts.push(bits & 1 ? Buffer.of(0) : key.subarray(0, 1));
  let digest: Buffer = md5(...parts);
  for (let round = 0; round < 1000; round++) {
    const isOdd = round % 2 === 1;
    const first = isOdd ? key : digest;
    const middle = [...(round % 3 === 0 ? [] : [pepper]), ...(round % 7 === 0 ? [] : [key])];
    digest = md5(first, ...middle, isOdd ? digest : key);
  }
  return `${magic}${salt}$${encode64(digest)}`;
}

const letters = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
// Which bytes of the digest make four letters together, the last group two.
const groups = [
  [0, 6, 12],
  [1, 7, 13],
  [2, 8, 14],
  [3, 9, 15],
  [4, 10, 5],
];

function encode64(digest: Buffer): string {
  const four = groups.map(([a = 0, b = 0, c = 0]) => {
    return letter(((digest[a] ?? 0) << 16) | ((digest[b] ?? 0) << 8) | (digest[c] ?? 0), 4);
  });
  return four.join("") + letter(digest[11] ?? 0, 2);
}

function letter(value: number, count: number): string {
  let text = "";
  for (let rest = value, left = count; left > 0; left -= 1, rest >>= 6) text += letters[rest & 63];
  return text;
}
