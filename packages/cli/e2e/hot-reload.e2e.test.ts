import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { eventually } from "@drydock/testing";
import { afterEach, describe, expect, it } from "vitest";
import { Checkout, freePort } from "./fixtures/checkout.ts";
import { dockerAbsence, reasonText } from "./fixtures/machine.ts";

const serverOf = (text: string) =>
  `require("http").createServer((_, answer) => answer.end("${text}")).listen(process.env.PORT); process.on("SIGTERM", () => process.exit(0));\n`;

const engines = [
  { engine: "local", absence: undefined, variables: { DOCKER_HOST: "unix:///nonexistent/docker.sock" } },
  { engine: "docker", absence: dockerAbsence(), variables: {} },
];

for (const { engine, absence, variables } of engines) {
  describe.skipIf(absence !== undefined)(
    `services follow what is saved, on the ${engine} engine${reasonText(absence)}`,
    () => {
      let checkout: Checkout;
      afterEach(() => checkout.remove());

      it("restarts with the new code, survives a mistake and follows its correction, and not with --no-watch", async () => {
        const port = await freePort();
        checkout = await Checkout.of(
          {
            "compose.yaml": `services:
  api:
    build: ./app
    ports: ["${port}:3000"]
    environment: { PORT: "3000" }
    stop_grace_period: 1s
    develop:
      watch: [{ action: sync+restart, path: ./app, target: /app }]
`,
            "app/Dockerfile": 'FROM node:24-slim\nWORKDIR /app\nCOPY . .\nCMD ["node", "server.js"]\n',
            "app/server.js": serverOf("one"),
            "app/old.txt": "old",
          },
          variables,
        );
        const save = (text: string) => writeFile(join(checkout.directory, "app/server.js"), text);
        expect((await checkout.dev("up", "--detach", "--engine", engine)).exitCode).toBe(0);
        expect(await answerOf(port)).toBe("one");
        await save(serverOf("two"));
        await eventually(async () => (await answerOf(port)) === "two");
        await save("this is no JavaScript");
        await eventually(async () => (await answerOf(port)) === undefined);
        await save(serverOf("three"));
        await eventually(async () => (await answerOf(port)) === "three");
        await rm(join(checkout.directory, "app/old.txt"));
        await eventually(
          async () => (await checkout.dev("exec", "api", "sh", "-c", "ls")).stdout.includes("old.txt") === false,
        );

        expect((await checkout.dev("up", "--detach", "--no-watch")).exitCode).toBe(0);
        await save(serverOf("four"));
        await checkout.dev("restart", "api");
        // The local engine runs the file itself; a container has what was brought to it.
        expect(await answerOf(port)).toBe(engine === "local" ? "four" : "three");
      });
    },
  );
}

/** What the service answers now; undefined when it does not. */
async function answerOf(port: number): Promise<string | undefined> {
  try {
    return await (await fetch(`http://127.0.0.1:${port}`, { headers: { connection: "close" } })).text();
  } catch {
    return undefined;
  }
}
