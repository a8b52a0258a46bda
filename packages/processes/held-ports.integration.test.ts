import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { testService } from "@drydock/testing";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findFreePort } from "./free-port.ts";
import { HeldPorts } from "./held-ports.ts";
import { PortBook } from "./port-book.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "drydock-held-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("a port is one engine's until it gives it back or is dead", async () => {
  const [one, other] = [new HeldPorts("/one", folder), new HeldPorts("/other", folder)];
  expect([one.take(27_017), one.take(27_017), other.take(27_017), other.take(6_379)]).toEqual([
    true,
    true,
    false,
    true,
  ]);
  other.release();
  expect(await readdir(folder)).toEqual(["27017"]);
  one.release();
  expect(await readdir(folder)).toEqual([]);
  const { pid } = spawnSync(process.execPath, ["-e", ""]);
  await writeFile(join(folder, "80"), `${pid} killed`);
  expect(other.take(80)).toBe(true);
  await writeFile(join(folder, "81"), `${pid} killed`);
  await writeFile(join(folder, "82"), `${process.pid} alive`);
  other.release();
  expect(await readdir(folder)).toEqual(["82"]);
});

test("a stack gets its ports again where its engine of before has not let go of them yet, which then leaves them alone", async () => {
  const [before, next] = [new HeldPorts("/a checkout", folder), new HeldPorts("/a checkout", folder)];
  expect([before.take(27_017), next.take(27_017)]).toEqual([true, true]);
  before.release();
  expect(await readdir(folder)).toEqual(["27017"]);
  next.release();
  expect(await readdir(folder)).toEqual([]);
});

test("what is older than this start of the machine holds nothing", async () => {
  const file = join(folder, "80");
  await writeFile(file, `${process.pid} before /one`);
  await utimes(file, 0, 0);
  expect(new HeldPorts("/other", folder).take(80)).toBe(true);
});

test("where no file can be written, every port can be taken", () => {
  expect(new HeldPorts("/one", "/dev/null/ports").take(80)).toBe(true);
});

test("two stacks that start at the same time get different ports, although nobody listens yet", async () => {
  const published = String(await findFreePort());
  const service = testService({ name: "mongo", ports: [{ target: 27_017, published, protocol: "tcp" }] });
  const books = ["one", "two"].map(
    (name) => new PortBook(join(folder, name), new HeldPorts(name, join(folder, "ports"))),
  );
  const ports = await Promise.all(
    books.map(async (book) => {
      await book.assign([{ service, number: 1, targets: [27_017], isStarting: true }]);
      return book.addresses(service, 1, [27_017])[0]?.port;
    }),
  );
  expect(ports).toContain(Number(published));
  expect(new Set(ports).size).toBe(2);
  for (const book of books) book.close();
  expect(await readdir(join(folder, "ports"))).toEqual([]);
});
