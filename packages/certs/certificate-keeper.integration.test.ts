import { X509Certificate } from "node:crypto";
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FakeClock } from "@drydock/testing";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findAuthority, openAuthority } from "./authority-folder.ts";
import { keepCertificate } from "./certificate-keeper.ts";
import { readPair } from "./pair-file.ts";

const day = 86_400_000;
let folder: string;
let clock: FakeClock;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "drydock-certs-"));
  clock = new FakeClock(Date.now());
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const keep = (names: readonly string[], isForced = false) =>
  keepCertificate(
    join(folder, "authority"),
    ["shop.example"],
    { path: join(folder, "web.pem"), names },
    clock,
    isForced,
  );

test("the first time makes the authority and the leaf, the second time leaves both", async () => {
  const first = await keep(["*.shop.localhost"]);
  expect(first.renewedBecause).toBe("there is none yet");
  const bytes = await readFile(first.path, "utf8");
  const second = await keep(["*.shop.localhost"]);
  expect(second).toEqual({ ...first, renewedBecause: undefined });
  expect(await readFile(first.path, "utf8")).toBe(bytes);
  expect(await readdir(folder)).toEqual(["authority", "web.pem"]);
  expect((await stat(first.path)).mode & 0o077).toBe(0);
  expect((await stat(join(folder, "authority/authority-key.pem"))).mode & 0o777).toBe(0o600);
});

test("a leaf is renewed when a third of its life is left, and not before", async () => {
  const { dueAt, validUntil } = await keep(["localhost"]);
  expect(validUntil - dueAt).toBeGreaterThan(9.9 * day);
  clock.advance(dueAt - clock.now() - 1);
  expect((await keep(["localhost"])).renewedBecause).toBeUndefined();
  clock.advance(1);
  expect((await keep(["localhost"])).renewedBecause).toBe("a third of its life is left");
});

test("a new name, another authority, a clock that was set back and a damaged file each get a new leaf, and say why", async () => {
  await keep(["localhost"]);
  expect((await keep(["localhost", "api.test"])).renewedBecause).toBe("it is not for api.test");
  clock.advance(-2 * day);
  expect((await keep(["localhost"])).renewedBecause).toBe("it is not valid yet: this machine's clock was set back");
  await rm(join(folder, "authority"), { recursive: true });
  expect((await keep(["localhost"])).renewedBecause).toBe("it was signed by another authority");
  await writeFile(join(folder, "web.pem"), "damaged");
  expect((await keep(["localhost"])).renewedBecause).toBe("there is none yet");
  expect((await keep(["localhost"], true)).renewedBecause).toBe("it was asked for");
});

test("a name that the authority may not sign for is refused before a certificate exists that nobody accepts", async () => {
  await expect(keep(["localhost", "bank.example"])).rejects.toMatchObject({
    code: "NAME_NOT_PERMITTED",
    message: expect.stringContaining("bank.example: it is constrained to localhost, test, internal, shop.example"),
  });
  expect(await readPair(join(folder, "web.pem"))).toBeUndefined();
});

test("processes that begin at the same time share one authority", async () => {
  const path = join(folder, "authority");
  const opened = await Promise.all(Array.from({ length: 8 }, () => openAuthority(path, [], clock)));
  const serials = opened.map(({ certificatePem }) => new X509Certificate(certificatePem).serialNumber);
  expect(new Set(serials).size).toBe(1);
  expect(await readdir(folder)).toEqual(["authority"]);
});

test("an authority that is damaged, half gone or readable by others is refused with what to do", async () => {
  const path = join(folder, "authority");
  expect(await findAuthority(path)).toBeUndefined();
  await openAuthority(path, [], clock);
  await chmod(join(path, "authority-key.pem"), 0o644);
  await expect(findAuthority(path)).rejects.toMatchObject({
    code: "KEY_READABLE",
    hint: expect.stringContaining("chmod 600"),
  });
  await rm(join(path, "authority-key.pem"));
  await expect(findAuthority(path)).rejects.toThrow("authority-key.pem is missing");
  await writeFile(join(path, "authority-key.pem"), "no key", { mode: 0o600 });
  await expect(findAuthority(path)).rejects.toMatchObject({ code: "AUTHORITY_DAMAGED" });
});
