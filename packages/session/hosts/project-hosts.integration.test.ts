import { chmod, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { StackSource } from "../supervisor.ts";
import { carryOutHosts, planHosts } from "./project-hosts.ts";

let directory = "";
let path = "";
let source: StackSource;
const given = "127.0.0.1 localhost\n# end";

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "drydock-hosts-"));
  path = join(directory, "hosts");
  await writeFile(path, given, { mode: 0o640 });
  await writeFile(join(directory, "compose.yaml"), "name: shop\nservices:\n  web: { image: x, ports: ['3000'] }\n");
  const routes = `[{ host: "shop.test", to: "web" }, { host: "admin", to: "web" }]`;
  await writeFile(join(directory, "dev.config.ts"), `export default { routes: ${routes} };\n`);
  source = { directory, files: [], envFiles: [], profiles: [], variables: {} };
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const wish = (act: "apply" | "remove", hasLocalhost = false) => ({ path, act, hasLocalhost });

test("the names outside .localhost are written, once, and taken away again; the file keeps its mode", async () => {
  const plan = await planHosts(source, wish("apply"));
  expect(plan).toMatchObject({ names: ["shop.test"], isDone: false, conflicts: [] });
  expect(await readFile(path, "utf8")).toBe(given);
  await carryOutHosts(plan);
  expect(await readFile(path, "utf8")).toBe(`${given}\n${plan.block.join("\n")}\n`);
  expect((await stat(path)).mode & 0o777).toBe(0o640);
  expect((await planHosts(source, wish("apply"))).isDone).toBe(true);
  const { names } = await planHosts(source, wish("apply", true));
  expect([...names].sort()).toEqual(["admin.shop.localhost", "shop.localhost", "shop.test", "web.shop.localhost"]);
  await carryOutHosts(await planHosts(source, wish("remove")));
  expect(await readFile(path, "utf8")).toBe(`${given}\n`);
});

test("a link stays a link", async () => {
  const link = join(directory, "link");
  await symlink(path, link);
  await carryOutHosts(await planHosts(source, { ...wish("apply"), path: link }));
  expect(await readFile(path, "utf8")).toContain("shop.test");
  expect((await stat(path)).ino).toBe((await stat(link)).ino);
});

test.skipIf(process.getuid?.() === 0)(
  "a file that this user may not write is left, with the command for root",
  async () => {
    const closed = join(directory, "closed");
    await mkdir(closed);
    const file = join(closed, "hosts");
    await writeFile(file, given, { mode: 0o444 });
    await chmod(closed, 0o555);
    const plan = await planHosts(source, { ...wish("apply"), path: file });
    await expect(carryOutHosts(plan)).rejects.toMatchObject({
      code: "HOSTS_FORBIDDEN",
      hint: `sudo cp '${plan.proposal}' '${file}'`,
    });
    expect(await readFile(plan.proposal, "utf8")).toBe(plan.text);
    await chmod(closed, 0o755);
  },
);
