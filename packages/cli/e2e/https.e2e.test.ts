import { mkdtemp, readFile, rm } from "node:fs/promises";
import { get } from "node:http";
import { connect } from "node:http2";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "@drydock/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Checkout } from "./fixtures/checkout.ts";
import { ask, lookupHere, trusting } from "./fixtures/https-client.ts";
import { missingPrograms, processesLeft, processesOf, reasonText } from "./fixtures/machine.ts";

const absence = missingPrograms("npm");

describe.skipIf(absence !== undefined)(`the starter over HTTPS on nothing but Node${reasonText(absence)}`, () => {
  let checkout: Checkout;
  let data = "";
  let url = "";
  let authority = "";
  let told = "";

  beforeAll(async () => {
    data = await mkdtemp(join(tmpdir(), "drydock-data-"));
    checkout = await Checkout.ofStarter("https", "embedded", { XDG_DATA_HOME: data });
    told = (await checkout.devOk("up", "--detach")).stdout;
    url = String((await checkout.status()).url);
    authority = await readFile(join(data, "drydock/authority/authority.pem"), "utf8");
  });

  afterAll(async () => {
    await checkout?.remove();
    await rm(data, { recursive: true, force: true });
  });

  it("is told with what lets browsers trust it at the end of the first start, and nowhere before", () => {
    const { hostname } = new URL(url);
    expect(told.match(/trust/g)).toHaveLength(3);
    expect(told).toMatch(
      new RegExp(
        `open   https://${hostname}.*\\n  trust  dev trust {7}\\(browsers do not trust that address yet\\)\\n  logs`,
      ),
    );
  });

  it("answers at the project's own name, trusted by whoever trusts its authority and by nobody else", async () => {
    expect(url).toMatch(/^https:\/\/https-\d+\.localhost(?::\d+)?$/);
    expect(await ask(`${url}/api/health`, trusting(authority))).toMatchObject({
      status: 200,
      text: expect.stringContaining('"status":"ok"'),
      headers: { "strict-transport-security": "max-age=63072000", "x-request-id": expect.stringMatching(/^\w{32}$/) },
    });
    await expect(ask(url, { lookup: lookupHere })).rejects.toThrow(/unable to (?:verify|get)|self.signed/i);
  });

  it("has a name for every service with an HTTP port, and none for databases", async () => {
    const { services } = await checkout.status();
    const secure = new Map(services.map(({ name, urls }) => [name, urls.filter((each) => each.startsWith("https:"))]));
    expect(secure.get("proxy")?.[0]).toBe(url);
    expect(secure.get("mongo")).toEqual([]);
    for (const name of ["proxy", "api", "web", "worker"]) {
      const [own = ""] = secure.get(name)?.slice(-1) ?? [];
      expect(new URL(own).hostname).toBe(`${name}.${new URL(url).hostname}`);
      expect((await ask(`${own}/`, trusting(authority))).status).toBeLessThan(500);
    }
    const stranger = await ask(url.replace("https://", "https://nobody."), trusting(authority));
    expect(stranger).toMatchObject({ status: 404, text: expect.stringContaining("api.https-") });
  });

  it("sends plain HTTP on the same name and port on, with path and query", async () => {
    const { hostname, port } = new URL(url);
    const answer = await new Promise<{ status: number | undefined; location: string | undefined }>(
      (resolve, reject) => {
        get({ host: "127.0.0.1", port: port || 443, path: "/a%20b?c=1&d", headers: { Host: hostname } }, (response) => {
          resolve({ status: response.resume().statusCode, location: response.headers.location });
        }).once("error", reject);
      },
    );
    expect(answer).toEqual({ status: 308, location: `${url}/a%20b?c=1&d` });
  });

  it("speaks HTTP/2, and keeps a caller's request id", async () => {
    const session = connect(url, { ca: authority, lookup: lookupHere });
    try {
      const headers = await new Promise<Readonly<Record<string, unknown>>>((resolve, reject) => {
        session.once("error", reject);
        const stream = session.request({ ":path": "/api/orders?limit=1", "x-request-id": "kept-over-http2" });
        stream.once("response", resolve).once("error", reject).resume();
      });
      expect(headers).toMatchObject({ ":status": 200, "x-request-id": "kept-over-http2" });
      expect(session.alpnProtocol).toBe("h2");
    } finally {
      session.destroy();
    }
  });

  it("takes an order and sees it done", async () => {
    const post = { ...trusting(authority), method: "POST", headers: { "content-type": "application/json" } };
    const placed = await ask(`${url}/api/orders`, post, JSON.stringify({ item: "tea", quantity: 2 }));
    expect(placed.status).toBe(201);
    const { id } = JSON.parse(placed.text) as { id: string };
    await eventually(async () => {
      const { text } = await ask(`${url}/api/orders/${id}`, trusting(authority));
      return (JSON.parse(text) as { status: string }).status === "done";
    }, 10_000);
  });

  it("ends with its supervisor, comes up again, and is gone after down", async () => {
    const { supervisorPid = 0 } = await checkout.status();
    process.kill(supervisorPid, "SIGKILL");
    await eventually(() => processesOf(checkout.directory).length === 0, 20_000);
    await checkout.devOk("up", "--detach");
    // The same port, unless another stack of this machine took it meanwhile.
    const again = (await checkout.status()).url ?? "";
    expect(new URL(again).hostname).toBe(new URL(url).hostname);
    expect((await ask(`${again}/`, trusting(authority))).status).toBe(200);
    await checkout.devOk("down");
    expect(await processesLeft(checkout.directory)).toEqual([]);
    await expect(ask(`${again}/`, trusting(authority))).rejects.toThrow();
  });
});
