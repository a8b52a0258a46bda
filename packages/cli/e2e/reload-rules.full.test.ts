import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { eventually } from "@drydock/testing";
import { afterEach, expect, it } from "vitest";
import { Checkout, engineVariables, freePort } from "./fixtures/checkout.ts";

let checkout: Checkout | undefined;
afterEach(() => checkout?.remove());

const server = `const text = require("fs").readFileSync("generated.txt", "utf8").trim();
require("http").createServer((_, answer) => answer.end(text + " " + process.pid)).listen(process.env.PORT);
process.on("SIGTERM", () => process.exit(0));
`;
const generate = `import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
const schema = readFileSync("schema/order.json", "utf8").trim();
appendFileSync("runs.log", schema + "\\n");
const runs = readFileSync("runs.log", "utf8").split("\\n").filter((line) => line === schema).length;
if (schema === "broken") throw new Error("no such type");
writeFileSync("schema/generated.json", schema);
writeFileSync("app/generated.txt", schema + "-" + runs);
`;

it("a save runs the rule's commands first, then what is asked for restarts, and a failure leaves it running", async () => {
  const [api, worker] = [await freePort(), await freePort()];
  const service = (port: number, watch: string) => `
    build: ./app
    command: ["node", "server.js"]
    ports: ["${port}:3000"]
    environment: { PORT: "3000" }
    stop_grace_period: 1s
    develop: { watch: [{ action: sync+restart, path: ${watch}, target: /app/server.js }] }`;
  checkout = await Checkout.of(
    {
      "compose.yaml": `name: rules-${api}\nservices:\n  api:${service(api, "./app/server.js")}\n  worker:${service(worker, "./app/none.js")}\n`,
      "dev.config.ts": `export default { reload: { rules: {
  types: { paths: ["schema/**"], after: ["node generate.mjs"], cascade: ["worker"] },
  api: { after: [{ run: "echo \\"in $PORT\\" >> ../runs.log", in: "api" }] },
  nobody: { cascade: ["wroker"] },
} } };\n`,
      "generate.mjs": generate,
      "schema/order.json": "one",
      "app/Dockerfile": "FROM node:24-slim\nWORKDIR /app\nCOPY . .\n",
      "app/generated.txt": "none",
      "app/server.js": server,
    },
    engineVariables("programs"),
  );
  const { directory } = checkout;
  const ask = async (port: number) =>
    (await (await fetch(`http://127.0.0.1:${port}`, { headers: { connection: "close" } })).text()).split(" ");
  const runs = () => readFile(join(directory, "runs.log"), "utf8").catch(() => "");
  const { stdout } = await checkout.devOk("up", "--detach");
  expect(stdout).toContain('"wroker", and no such service runs here. Did you mean "worker"?');
  const [, apiBefore] = await ask(api);

  await writeFile(join(directory, "schema/order.json"), "two");
  // What the command writes among its own files is looked at once more, and then it is over.
  await eventually(async () => (await ask(worker))[0] === "two-2");
  expect((await ask(api))[1]).toBe(apiBefore);

  const [, workerBefore] = await ask(worker);
  await writeFile(join(directory, "schema/order.json"), "broken");
  await eventually(async () => (await runs()).includes("broken"));
  const log = await checkout.devOk("status", "--json");
  expect(log.exitCode).toBe(0);
  expect((await ask(worker))[1]).toBe(workerBefore);

  await writeFile(join(directory, "app/server.js"), `${server}\n`);
  await eventually(async () => (await ask(api))[1] !== apiBefore);
  expect(await runs()).toContain(`in ${api}\n`);
  expect((await runs()).split("\n").filter((line) => line === "two")).toHaveLength(2);
});
