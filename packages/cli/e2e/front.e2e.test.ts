import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "@drydock/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Checkout, freePort } from "./fixtures/checkout.ts";
import { ask, keepAliveClient, trusting } from "./fixtures/https-client.ts";
import { processesLeft, processesOf } from "./fixtures/machine.ts";
import { talkativeProject } from "./fixtures/talkative-service.ts";

let checkout: Checkout;
let data = "";
let name = "";
let authority = "";
const config = (text: string) => writeFile(join(checkout.directory, "dev.config.ts"), `export default ${text};\n`);

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), "drydock-data-"));
  const port = await freePort();
  name = `talk-${port}`;
  checkout = await Checkout.of(talkativeProject, {
    NAME: name,
    WEB_PORT: String(port),
    DOCKER_HOST: "unix:///nonexistent/docker.sock",
    XDG_DATA_HOME: data,
    // Due after a third of its life: every two seconds.
    DRYDOCK_CERTIFICATE_SECONDS: "6",
  });
  await checkout.devOk("up", "--detach");
  authority = await readFile(join(data, "drydock/authority/authority.pem"), "utf8");
});

afterAll(async () => {
  await checkout?.remove();
  await rm(data, { recursive: true, force: true });
});

/** The address of a service's own name. */
async function urlOf(service: string): Promise<string> {
  const { services } = await checkout.status();
  const urls = services.find((each) => each.name === service)?.urls ?? [];
  return String(urls.findLast((each) => each.startsWith("https:")));
}

it("tells services who asked and how, keeps the host, and mends redirects to plain HTTP", async () => {
  const url = await urlOf("talk");
  const { host, port } = new URL(url);
  const { text } = await ask(`${url}/a%20b?c=1`, { ...trusting(authority), headers: { "x-forwarded-for": "1.2.3.4" } });
  expect(JSON.parse(text)).toMatchObject({
    url: "/a%20b?c=1",
    headers: {
      host,
      "x-forwarded-for": "127.0.0.1",
      "x-forwarded-proto": "https",
      "x-forwarded-host": host,
      "x-forwarded-port": port || "443",
      "x-request-id": expect.stringMatching(/^\w{32}$/),
    },
  });
  const moved = await ask(`${url}/elsewhere`, trusting(authority));
  expect(moved).toMatchObject({ status: 302, headers: { location: `${url}/` } });
});

it("passes events as they come, and WebSockets", async () => {
  const url = await urlOf("talk");
  const first = await new Promise<string>((resolve, reject) => {
    const outgoing = request(`${url}/events`, { ...trusting(authority), agent: false }, (response) => {
      response.once("data", (chunk) => {
        resolve(String(chunk));
        outgoing.destroy();
      });
    });
    outgoing.once("error", reject).end();
  });
  expect(first).toBe("data: first\n\n");
  const echoed = await new Promise<string>((resolve, reject) => {
    const headers = {
      Connection: "Upgrade",
      Upgrade: "websocket",
      "Sec-WebSocket-Version": "13",
      "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    };
    const outgoing = request(url, { ...trusting(authority), headers, agent: false });
    outgoing.once("upgrade", (_, socket) => {
      socket.once("data", (chunk) => {
        resolve(String(chunk));
        socket.destroy();
      });
      socket.write("over TLS");
    });
    outgoing.once("error", reject).end();
  });
  expect(echoed).toBe("over TLS");
});

it("is trusted by the stack's own services", async () => {
  const url = await urlOf("talk");
  const { text } = await ask(`${url}/self?url=${encodeURIComponent(`${url}/`)}`, trusting(authority));
  expect(text).toBe("status 200");
});

it("finds a service at its new address after a restart, and says which one does not answer", async () => {
  const url = await urlOf("talk");
  await checkout.devOk("stop", "talk");
  await eventually(async () => (await ask(url, trusting(authority))).status === 503);
  expect((await ask(url, trusting(authority))).text).toBe('The service "talk" does not answer.\n');
  await checkout.devOk("start", "talk");
  await eventually(async () => (await ask(url, trusting(authority))).status === 200);
});

it("is there again after its process was killed", async () => {
  const front = processesOf(checkout.directory).find((line) => line.includes("serve nginx --while-stdin"));
  process.kill(Number(front?.split(" ")[0]), "SIGKILL");
  // Somebody else, such as the front of another test, may have taken its port meanwhile: then it has another.
  await eventually(async () => (await ask(await urlOf("talk"), trusting(authority))).status === 200);
});

it("renews its certificate under clients that keep their connections, and none of their requests fails", async () => {
  const url = await urlOf("talk");
  const seen = new Set<string>();
  const failures: string[] = [];
  let answered = 0;
  const end = performance.now() + 30_000;
  const client = async (number: number) => {
    const agent = keepAliveClient(authority);
    const method = number % 2 === 0 ? "GET" : "POST";
    while (seen.size < 4 && performance.now() < end) {
      try {
        const answer = await ask(url, { agent, method }, method === "POST" ? "x".repeat(1000) : undefined);
        if (answer.status === 200) answered += 1;
        else failures.push(`${answer.status} ${answer.text}`);
        if (answer.serialNumber !== "") seen.add(answer.serialNumber);
      } catch (error) {
        failures.push(String(error));
      }
    }
    agent.destroy();
  };
  await Promise.all(Array.from({ length: 20 }, (_, index) => client(index)));
  expect(failures).toEqual([]);
  expect(seen.size).toBeGreaterThanOrEqual(4);
  expect(answered).toBeGreaterThan(100);
});

it("serves the routes of dev.config, and goes away where it is turned off", async () => {
  const own = `https://${name}.localhost`;
  await config(`{ routes: [
    { path: "/api/", to: "other", rewrite: "/v1/", headers: { "X-Route": "api" } },
    { path: "/old", exact: true, redirect: "/new", },
    { host: "closed", maintenance: "Back at nine." },
    { to: "talk" },
  ] }`);
  await checkout.devOk("up", "--detach");
  const url = String((await checkout.status()).url);
  expect(url.startsWith(own)).toBe(true);
  const api = await ask(`${url}/api/a`, trusting(authority));
  expect(api.headers).toMatchObject({ "x-route": "api", "strict-transport-security": "max-age=63072000" });
  expect(JSON.parse(api.text)).toMatchObject({ url: "/v1/a" });
  expect(await ask(`${url}/old`, trusting(authority))).toMatchObject({
    status: 308,
    headers: { location: `${url}/new` },
  });
  const closed = await ask(url.replace("https://", "https://closed."), trusting(authority));
  expect([closed.status, closed.text]).toEqual([503, "Back at nine.\n"]);

  await config("{ front: false }");
  await checkout.devOk("up", "--detach");
  expect((await checkout.status()).url).toMatch(/^http:\/\/localhost:\d+$/);
  await expect(ask(url, trusting(authority))).rejects.toThrow("ECONNREFUSED");
  await checkout.devOk("down");
  expect(await processesLeft(checkout.directory)).toEqual([]);
});
