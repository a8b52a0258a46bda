import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FakeClock } from "@drydock/testing";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findAuthority, openAuthority } from "./authority-folder.ts";
import { keepCertificate } from "./certificate-keeper.ts";
import { protectAuthority, unprotectAuthority } from "./protect-authority.ts";

// The least work that age takes: a passphrase of a test needs no protection against guesses.
const workFactor = 2;
const secret = "correct horse battery staple";
let folder: string;
let authority: string;
let clock: FakeClock;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "drydock-protect-"));
  authority = join(folder, "authority");
  clock = new FakeClock(Date.now());
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const keep = (passphrase?: string, isForced = false) =>
  keepCertificate(
    authority,
    [],
    { path: join(folder, "web.pem"), names: ["localhost"], ...(passphrase === undefined ? {} : { passphrase }) },
    clock,
    isForced,
  );

test("a protected key lies there encrypted alone, and signs for whoever knows the passphrase", async () => {
  const before = await openAuthority(authority, [], clock);
  const path = await protectAuthority(authority, undefined, secret, workFactor);
  expect(await readdir(authority)).toEqual(["authority-key.pem.age", "authority.pem"]);
  expect(await readFile(path, "utf8")).toMatch(/^-----BEGIN AGE ENCRYPTED FILE-----/);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  const found = await findAuthority(authority);
  expect(found).toMatchObject({ isProtected: true, certificatePem: before.certificatePem, name: before.name });
  expect((await keep(secret)).renewedBecause).toBe("there is none yet");
});

test("without the passphrase nothing is signed, and it is said how to give it; a wrong one is told", async () => {
  await openAuthority(authority, [], clock);
  await protectAuthority(authority, undefined, secret, workFactor);
  await expect(keep()).rejects.toMatchObject({
    code: "PASSPHRASE_NEEDED",
    hint: expect.stringContaining("dev certs renew"),
  });
  await expect(keep("wrong")).rejects.toMatchObject({ code: "WRONG_PASSPHRASE" });
  await expect(protectAuthority(authority, undefined, "another", workFactor)).rejects.toMatchObject({
    code: "PASSPHRASE_NEEDED",
  });
});

test("a leaf that is due stays in service without the passphrase until it ends, and then it is said", async () => {
  const { dueAt, validUntil } = await keep();
  await protectAuthority(authority, undefined, secret, workFactor);
  expect((await keep()).postponed).toBeUndefined();
  clock.advance(dueAt - clock.now());
  const bytes = await readFile(join(folder, "web.pem"), "utf8");
  expect(await keep()).toMatchObject({
    renewedBecause: undefined,
    validUntil,
    postponed: { code: "PASSPHRASE_NEEDED" },
  });
  expect(await readFile(join(folder, "web.pem"), "utf8")).toBe(bytes);
  await expect(keep(undefined, true)).rejects.toMatchObject({ code: "PASSPHRASE_NEEDED" });
  clock.advance(validUntil - clock.now());
  await expect(keep()).rejects.toMatchObject({ code: "PASSPHRASE_NEEDED" });
  expect((await keep(secret)).renewedBecause).toBe("it has expired");
});

test("another passphrase takes the place of the first, and none brings the plain key back", async () => {
  const { certificatePem } = await openAuthority(authority, [], clock);
  await protectAuthority(authority, undefined, secret, workFactor);
  await protectAuthority(authority, secret, "another", workFactor);
  await expect(unprotectAuthority(authority, secret)).rejects.toMatchObject({ code: "WRONG_PASSPHRASE" });
  await unprotectAuthority(authority, "another");
  expect(await readdir(authority)).toEqual(["authority-key.pem", "authority.pem"]);
  expect((await findAuthority(authority))?.certificatePem).toBe(certificatePem);
  await expect(unprotectAuthority(authority, secret)).rejects.toMatchObject({ code: "NOT_PROTECTED" });
});

test("whoever was interrupted while protecting has the plain key still; a damaged or readable file is refused", async () => {
  await openAuthority(authority, [], clock);
  const plain = await readFile(join(authority, "authority-key.pem"), "utf8");
  const path = await protectAuthority(authority, undefined, secret, workFactor);
  await writeFile(join(authority, "authority-key.pem"), plain, { mode: 0o600 });
  expect((await findAuthority(authority))?.isProtected).toBe(false);
  await rm(join(authority, "authority-key.pem"));
  await chmod(path, 0o640);
  await expect(findAuthority(authority)).rejects.toMatchObject({ code: "KEY_READABLE" });
  await chmod(path, 0o600);
  await writeFile(path, "no age file");
  await expect((await findAuthority(authority))?.unlock(secret)).rejects.toMatchObject({ code: "AUTHORITY_DAMAGED" });
  await expect(protectAuthority(join(folder, "nothing"), undefined, secret)).rejects.toMatchObject({
    code: "NO_AUTHORITY",
  });
});
