import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { placeOrderAndSeeItDone } from "@drydock/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DevRun, engineVariables, freePort, plainVariables, run } from "./fixtures/checkout.ts";
import { missingPrograms, reasonText } from "./fixtures/machine.ts";

const absence = missingPrograms("npm");
const packageFolder = fileURLToPath(new URL("..", import.meta.url));
const packScript = fileURLToPath(new URL("../../../scripts/pack.mjs", import.meta.url));

describe.skipIf(absence !== undefined)(
  `the packed package in an empty folder outside the repository, with nothing but Node${reasonText(absence)}`,
  () => {
    let folder: string;
    let variables: Readonly<Record<string, string>>;

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "drydock-packed-"));
      const port = String(await freePort());
      variables = {
        ...plainVariables(`${folder}-data`),
        ...engineVariables("embedded"),
        PROXY_PORT: port,
        COMPOSE_PROJECT_NAME: `packed-${port}`,
      };
    });

    afterAll(async () => {
      await npx("dev", "down", "--volumes", "--yes");
      for (const path of [folder, `${folder}-data`]) await rm(path, { recursive: true, force: true, maxRetries: 3 });
    });

    const npx = (...args: readonly string[]) => run("npx", ["--no-install", ...args], folder, variables);
    const npm = (directory: string, ...args: readonly string[]) => run("npm", args, directory, variables);

    it("installs from its tarball alone", async () => {
      // As it was built: prepack would build it anew under the feet of what runs beside this.
      const lent = (action: string) => run(process.execPath, [packScript, action], folder, variables);
      succeed(await lent("lend"));
      try {
        succeed(await npm(packageFolder, "pack", "--pack-destination", folder, "--ignore-scripts"));
      } finally {
        succeed(await lent("return"));
      }
      const [tarball = ""] = (await readdir(folder)).filter((name) => name.endsWith(".tgz"));
      succeed(await npm(folder, "init", "-y"));
      succeed(await npm(folder, "install", "--no-audit", "--no-fund", "--prefer-offline", `./${tarball}`));
      expect(succeed(await npx("dev", "--version")).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
      // npm fetches what its cache does not have.
    });

    it("gives tests a MongoDB and a Redis of their own, which end with the process", async () => {
      await writeFile(
        join(folder, "servers.mjs"),
        `import { startMongo } from "drydock/mongo";
import { startRedis } from "drydock/redis";
const [mongo, redis] = await Promise.all([startMongo({ replicaSet: "rs0" }), startRedis()]);
console.log(mongo.uri.replace(mongo.port, "PORT"), redis.uri.replace(redis.port, "PORT"));
await mongo.reset();
`,
      );
      const { stdout } = succeed(await run(process.execPath, ["servers.mjs"], folder, variables));
      expect(stdout).toBe("mongodb://127.0.0.1:PORT/?replicaSet=rs0 redis://127.0.0.1:PORT\n");
    });

    it("makes a stack, brings it up, serves an order and goes down", async () => {
      const init = succeed(await npx("dev", "init", "--yes"));
      expect(init.stdout).toMatch(/^(kept .*\n)*Wrote \d+ files\. Next: npx dev up\n$/);
      expect(await readdir(folder)).toEqual(expect.arrayContaining([".gitignore", "app", "docker-compose.yml"]));
      const again = await npx("dev", "init", "--yes");
      expect([again.exitCode, again.stderr]).toEqual([2, expect.stringContaining("There is a stack here already")]);
      succeed(await npx("dev", "up", "--detach"));
      const order = await placeOrderAndSeeItDone(`http://127.0.0.1:${variables.PROXY_PORT}`);
      expect(order.states.at(-1)).toBe("done");
      expect(succeed(await npx("dev", "down")).stdout).toMatch(/^Down in /);
    });
  },
);

function succeed(result: DevRun): DevRun {
  if (result.exitCode !== 0) throw new Error(`exit ${result.exitCode}\n${result.stdout}${result.stderr}`);
  return result;
}
