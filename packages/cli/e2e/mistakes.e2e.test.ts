import { eventually } from "@drydock/testing";
import { afterEach, describe, expect, it } from "vitest";
import { processesOf } from "./fixtures/machine.ts";
import { Checkouts, compose, server } from "./fixtures/web-service.ts";

describe("dev, where something is wrong", () => {
  const checkouts = new Checkouts();

  afterEach(() => checkouts.removeAll());

  it("answers wrong usage with exit code 2 and the nearest command", async () => {
    const checkout = await checkouts.of({ "compose.yaml": compose });
    const typo = await checkout.dev("statsu");
    expect([typo.exitCode, typo.stderr]).toEqual([2, expect.stringContaining("status")]);
    expect((await checkout.dev("up", "--nope")).exitCode).toBe(2);
    expect((await checkout.dev("logs", "--since", "yesterday-ish")).exitCode).toBe(2);
  });

  it("says that nothing runs where a command needs a service that does", async () => {
    const checkout = await checkouts.of({ "compose.yaml": compose, "server.js": server });
    const exec = await checkout.dev("exec", "web", "ls");
    expect([exec.exitCode, exec.stderr]).toEqual([1, '"web" is not running.\nStart it with: dev up web\n']);
    const start = await checkout.dev("restart", "web");
    expect([start.exitCode, start.stderr]).toEqual([3, expect.stringContaining("`dev up web` makes it")]);
  });

  it("says where there is no Compose file, with exit code 2", async () => {
    const result = await (await checkouts.of({})).dev("up", "--detach");
    expect(result.exitCode).toBe(2);
    expect(result.stderr).toMatch(/^There is no Compose file in .*\nRun `dev init`/);
  });

  it("shows every mistake at once, with its place, and starts nothing", async () => {
    const checkout = await checkouts.of({
      "docker-compose.yml": `services:
  api:
    image: node:24-slim
    depnds_on: [mongo]
    environment:
      API_TOKEN: \${API_TOKEN}
`,
    });
    const result = await checkout.dev("up", "--detach");
    expect(result.exitCode).toBe(2);
    expect(result.stdout).toBe("");
    expect(result.stderr).toBe(`docker-compose.yml: 2 problems

  docker-compose.yml:4:5  services.api.depnds_on is not a key of a service
      4 |     depnds_on: [mongo]
        |     ^^^^^^^^^ did you mean "depends_on"?

  docker-compose.yml:6:18  services.api.environment.API_TOKEN: the variable API_TOKEN is not set
      6 |       API_TOKEN: \${API_TOKEN}
        |                  ^^^^^^^^^^^^ put it into .env, or write \${API_TOKEN:-a default}

Nothing was started.
`);
    const printed = await checkout.dev("config");
    expect([printed.exitCode, printed.stderr]).toEqual([2, result.stderr.replace("\nNothing was started.\n", "")]);
    await eventually(() => processesOf(checkout.directory).length === 0);
  });

  it("shows the mistakes of dev.config.ts beside those of the Compose file", async () => {
    const checkout = await checkouts.of({
      "docker-compose.yml": "services:\n  api:\n    imge: node:24-slim\n",
      "dev.config.ts": `import { defineConfig } from "drydock";
export default defineConfig({
  dta: { seed: "demo" },
} as object);
`,
    });
    const result = await checkout.dev("up", "--detach");
    expect(result.exitCode).toBe(2);
    expect(result.stderr).toContain("dev.config.ts: ");
    expect(result.stderr).toContain("services.api.imge is not a key of a service");
    expect(result.stderr).toContain(`  dev.config.ts:3:3  dta is not a key of dev.config.ts
      3 |   dta: { seed: "demo" },
        |   ^^^ did you mean "data"?
`);
    expect(result.stderr).toMatch(/Nothing was started\.\n$/);
  });

  it("says why a dev.config.ts cannot be loaded", async () => {
    const checkout = await checkouts.of({
      "docker-compose.yml": "services:\n  api:\n    image: node:24-slim\n    x-dev: { run: node -e 0 }\n",
      "dev.config.ts": 'import { nothing } from "./not-there";\nexport default { data: nothing };\n',
    });
    const result = await checkout.dev("config", "--quiet");
    expect(result.exitCode).toBe(2);
    expect(result.stderr).toMatch(/^dev\.config\.ts cannot be loaded: Cannot find module '.\/not-there'/);
    expect(result.stderr).not.toContain("    at ");
  });

  it("does not take a dev.config.ts that ends the process for success", async () => {
    const checkout = await checkouts.of({ "compose.yaml": compose, "dev.config.ts": "process.exit(0);\n" });
    const result = await checkout.dev("config");
    const said = expect.stringMatching(/^dev\.config\.ts cannot be loaded: it called process\.exit\(0\)/);
    expect([result.exitCode, result.stderr]).toEqual([2, said]);
  });

  it("tells why a service did not come up, with the end of its log, and leaves the others running", async () => {
    const checkout = await checkouts.of({
      "compose.yaml": `${compose}  broken:\n    image: node:24-slim\n    x-dev: { run: node broken.js }\n`,
      "server.js": server,
      "broken.js": 'require("express");\n',
    });
    const result = await checkout.dev("up", "--detach");
    expect(result.exitCode).toBe(1);
    expect(result.stderr).toContain("broken did not become ready: it exited with code 1");
    expect(result.stderr).toContain("Cannot find module 'express'");
    expect(result.stderr).toContain("npm install express");
    expect(result.stderr).not.toContain("supervisor");
    expect((await checkout.status()).services.find((each) => each.name === "web")?.state).toBe("ready");
  });

  it("takes another port when the wanted one is held, says by whom, and keeps it", async () => {
    const checkout = await checkouts.of({ "compose.yaml": compose, "server.js": server });
    const { createServer } = await import("node:http");
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(Number(checkout.variables.WEB_PORT), () => resolve()));
    try {
      const { stdout } = await checkout.devOk("up", "--detach");
      expect(stdout).toContain(`${checkout.variables.WEB_PORT}`);
      const plainUrl = async () => (await checkout.status()).services[0]?.urls.find((each) => each.startsWith("http:"));
      const url = await plainUrl();
      expect(url).not.toContain(`:${checkout.variables.WEB_PORT}`);
      expect(await (await fetch(String(url))).text()).toBe("hello");
      await checkout.devOk("down");
      await checkout.devOk("up", "--detach");
      expect(await plainUrl()).toBe(url);
    } finally {
      await new Promise((resolve) => holder.close(resolve));
    }
  });

  it("says of every service at once why it cannot run here, what to do, and starts nothing", async () => {
    const checkout = await checkouts.of({
      "compose.yaml": `${compose}  mongo:
    image: mongo:8
    x-dev: { provider: /nowhere/mongod }
  cache:
    image: redis:8
    x-dev: { provider: /nowhere/redis-server }
  other:
    image: example/unknown
`,
      "server.js": server,
    });
    const result = await checkout.dev("up", "--detach");
    expect(result.exitCode).toBe(2);
    expect(result.stderr).toContain("3 services cannot run on this machine: mongo, cache, other.");
    expect(result.stderr).toContain("/nowhere/mongod");
    expect(result.stderr).toContain("/nowhere/redis-server");
    expect(result.stderr).toContain("example/unknown");
    expect(result.stderr).toContain("x-dev");
    await eventually(() => processesOf(checkout.directory).length === 0);
    expect((await checkout.status()).services.map((service) => service.state)).toEqual(Array(4).fill("stopped"));
  });
});
