import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { eventually } from "@drydock/testing";
import { afterEach, describe, expect, it } from "vitest";
import { askMeanwhile } from "./fixtures/ask-meanwhile.ts";
import { Checkout, engineVariables, freePort, type Place } from "./fixtures/checkout.ts";
import { ask, trusting } from "./fixtures/https-client.ts";
import { missingPrograms, processesLeft, processesOf, reasonText } from "./fixtures/machine.ts";

// It takes a while to answer and to start, and none to end: whoever is stopped too soon breaks off what it was asked.
const serverOf = (text: string) => `
const server = require("node:http").createServer((_, answer) => setTimeout(() => answer.end("${text}"), 400));
setTimeout(() => server.listen(process.env.PORT), 300);
process.on("SIGTERM", () => process.exit(0));
`;
const files = (frontServer: string) => ({
  "compose.yaml": `name: \${NAME}
services:
  api:
    image: node:24-slim
    x-dev: { run: node server.js }
    expose: ["3000"]
    environment: { PORT: "3000" }
    deploy: { replicas: 2 }
    develop: { watch: [{ action: restart, path: ./server.js }] }
  proxy:
    image: nginx:1.30
    ports: ["\${WEB_PORT}:80"]
    volumes: ["./site.conf:/etc/nginx/conf.d/default.conf:ro"]
    depends_on: [api]
`,
  "site.conf": "server { listen 80; location / { proxy_pass http://api:3000; } }\n",
  "server.js": serverOf("one"),
  "dev.config.ts": `export default { front: { server: "${frontServer}" }, reload: { browser: false } };\n`,
});

let checkout: Checkout | undefined;
afterEach(() => checkout?.remove());

const places: readonly (readonly [Place, string, string | undefined])[] = [
  ["embedded", "edge", undefined],
  ["programs", "nginx", missingPrograms("nginx")],
];

describe.each(places)(
  "a service that is saved, with the %s providers and a front on %s",
  (place, frontServer, absence) => {
    it.skipIf(absence !== undefined)(
      `answers all the while, by its own name and through the stack's proxy, also after a mistake${reasonText(absence)}`,
      async () => {
        const stack = await open(place, frontServer);
        const authority = await readFile(join(`${stack.directory}-data`, "drydock/authority/authority.pem"), "utf8");
        const [api, proxy] = [await urlOf(stack, "api"), await urlOf(stack, "proxy")];
        const save = (text: string) => writeFile(join(stack.directory, "server.js"), text);
        const answers = async (text: string) =>
          (await Promise.all([api, proxy].map(async (url) => (await ask(url, trusting(authority))).text))).every(
            (each) => each === text,
          );
        const before = processesOf(stack.directory).length;
        const act = async () => {
          for (const text of ["two", "three", "four"]) {
            await save(serverOf(text));
            await eventually(() => answers(text));
          }
          await save("this is no JavaScript");
          await eventually(async () => (await reasons(stack)).every((each) => each.includes("does not become ready")));
          expect(await answers("four")).toBe(true);
          await save(serverOf("five"));
          await eventually(() => answers("five"));
        };
        const [direct, through] = await Promise.all([
          askMeanwhile(api, authority, 5, act),
          askMeanwhile(proxy, authority, 5, () => eventually(() => answers("five"), 60_000)),
        ]);
        expect([direct.failures, through.failures]).toEqual([[], []]);
        expect(direct.answered).toBeGreaterThan(50);
        expect(through.answered).toBeGreaterThan(50);
        // Those that were replaced are gone, and what took their place is all there is.
        await eventually(() => processesOf(stack.directory).length === before);
        // Nobody wants to hear of each reload of a proxy.
        const { stdout } = await stack.devOk("logs", "proxy");
        expect(stdout).not.toMatch(/reconfiguring|gracefully|drained|reloaded/);
        await stack.devOk("down");
        expect(await processesLeft(stack.directory)).toEqual([]);
      },
    );
  },
);

async function open(place: Place, frontServer: string): Promise<Checkout> {
  const port = await freePort();
  const variables = { NAME: `overlap-${port}`, WEB_PORT: String(port), ...engineVariables(place) };
  checkout = await Checkout.of(files(frontServer), variables);
  await checkout.devOk("up", "--detach");
  return checkout;
}

async function urlOf(stack: Checkout, name: string): Promise<string> {
  const { services } = await stack.status();
  return String(services.find((each) => each.name === name)?.urls.findLast((each) => each.startsWith("https:")));
}

async function reasons(stack: Checkout): Promise<readonly string[]> {
  const { services } = await stack.status();
  return services.find((each) => each.name === "api")?.instances.map(({ reason }) => reason) ?? [];
}
