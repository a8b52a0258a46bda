import { createServer, type IncomingMessage, type Server } from "node:http";
import { request } from "node:https";
import type { AddressInfo } from "node:net";
import { eventually } from "@drydock/testing";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { startBackEnd } from "../testing/back-end.ts";
import { fakeProspects } from "../testing/fake-prospects.ts";
import { type FrontOnStage, putFrontOnStage, testImage } from "../testing/front-on-stage.ts";
import { isImageHere } from "../testing/is-image-here.ts";
import { siteTo } from "../testing/site-to.ts";
import { WaitingRoom } from "./waiting-room.ts";

const variables = { PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "/" };
const nginxIsHere = await import("node:child_process").then(
  ({ spawnSync }) => spawnSync("nginx", ["-v"], { stdio: "ignore" }).status === 0,
);

describe.each([
  { name: "edge", skips: false },
  { name: "nginx", skips: !nginxIsHere },
  { name: "nginx in Docker", skips: !isImageHere(testImage) },
] as const)("requests to a service that is being replaced, on $name", ({ name, skips }) => {
  const prospects = fakeProspects();
  const room = new WaitingRoom(prospects);
  const running: { kill(): Promise<void> }[] = [];
  let front: FrontOnStage | undefined;
  let port = 0;
  let authorityPem = "";
  /** Nothing listens there any more. */
  let dead = 0;

  beforeAll(async () => {
    if (skips) return;
    const gone = await startBackEnd("gone");
    dead = gone.port;
    await gone.kill();
    await room.start();
    front = await putFrontOnStage(name, variables);
    const site = siteTo(front.host, [{ port: dead }], {
      path: "/api/",
      rewrite: "/v1/",
      requestHeaders: { "X-Tenant": "blue" },
    });
    port = await front.show({ sites: [site], waitingRoom: room.address });
    authorityPem = await front.authorityPem();
  });
  afterEach(async () => {
    prospects.set([], false);
    await Promise.all(running.splice(0).map((each) => each.kill()));
  });
  afterAll(async () => {
    await front?.close();
    await room.stop();
  });

  const options = (path: string, method = "GET") => ({
    host: "127.0.0.1",
    port,
    path,
    method,
    agent: false as const,
    servername: "shop.localhost",
    ca: authorityPem,
    headers: { Host: "shop.localhost" },
  });

  function ask(
    path: string,
    method?: string,
    body?: string,
  ): Promise<{ status: number; text: string; retry: unknown }> {
    return new Promise((resolve, reject) => {
      request(options(path, method), (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (chunk: string) => {
          text += chunk;
        });
        response.once("end", () =>
          resolve({ status: response.statusCode ?? 0, text, retry: response.headers["retry-after"] }),
        );
      })
        .once("error", reject)
        .end(body);
    });
  }

  /** Tells what it was asked; `asked` takes each request, and may end its connection instead. */
  async function startTeller(asked: (request: IncomingMessage) => boolean = () => true): Promise<number> {
    const server: Server = createServer((incoming, response) => {
      let body = "";
      if (!asked(incoming)) return void incoming.socket.destroy();
      incoming.setEncoding("utf8").on("data", (chunk: string) => {
        body += chunk;
      });
      incoming.once("end", () => {
        const { method, url, headers } = incoming;
        const ours = Object.keys(headers).filter((each) => each.startsWith("x-front"));
        response.end(JSON.stringify({ method, url, body, host: headers.host, tenant: headers["x-tenant"], ours }));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    running.push({
      kill: () =>
        new Promise((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        }),
    });
    return (server.address() as AddressInfo).port;
  }

  test.skipIf(skips)("wait, and are sent on whole to where it is then", async () => {
    prospects.set([dead], true);
    const asking = [ask("/api/orders?x=1"), ask("/api/orders", "POST", "b".repeat(50_000))];
    await eventually(() => prospects.waiting === 2);
    prospects.set([await startTeller()], true);
    const [got, posted] = (await Promise.all(asking)).map(({ status, text }) => ({ status, ...JSON.parse(text) }));
    expect(got).toMatchObject({
      status: 200,
      method: "GET",
      url: "/v1/orders?x=1",
      host: "shop.localhost",
      tenant: "blue",
      ours: [],
    });
    expect(posted).toMatchObject({ status: 200, method: "POST", url: "/v1/orders", body: "b".repeat(50_000) });
  });

  test.skipIf(skips)("may be for another protocol", async () => {
    prospects.set([], true);
    const echoed = new Promise<string>((resolve, reject) => {
      const headers = { Host: "shop.localhost", Connection: "Upgrade", Upgrade: "websocket" };
      const outgoing = request({ ...options("/api/socket"), headers });
      outgoing.once("upgrade", (_, socket) => {
        socket.once("data", (chunk) => {
          resolve(String(chunk));
          socket.destroy();
        });
        socket.write("waited for");
      });
      outgoing
        .once("error", reject)
        .once("response", ({ statusCode }) => reject(new Error(`${statusCode}`)))
        .end();
    });
    await eventually(() => prospects.waiting === 1);
    const backEnd = await startBackEnd("new");
    running.push(backEnd);
    prospects.set([backEnd.port], true);
    expect(await echoed).toBe("waited for");
  });

  test.skipIf(skips)("are told why nothing answers when nobody brings it back", async () => {
    prospects.set([dead], false);
    expect(await ask("/api/orders")).toEqual({ status: 503, text: "It does not come.\n", retry: "1" });
  });

  test.skipIf(skips)("are let go with the client", async () => {
    prospects.set([], true);
    const outgoing = request(options("/api/orders"));
    outgoing.once("error", () => undefined).end();
    await eventually(() => prospects.waiting === 1);
    outgoing.destroy();
    await eventually(() => prospects.waiting === 0);
  });

  test.skipIf(skips)("are not sent twice when a server may have carried them out", async () => {
    const asked: string[] = [];
    const cutter = await startTeller(({ method, url }) => {
      asked.push(`${method} ${url}`);
      return false;
    });
    // The room may also meet one that is about to end: what changes nothing is asked again.
    let cuts = 2;
    prospects.set([await startTeller(() => --cuts < 0)], true);
    await front?.show({ sites: [siteTo(front.host, [{ port: cutter }])], waitingRoom: room.address });
    const [posted, got] = await Promise.all([ask("/orders", "POST", "once"), ask("/orders")]);
    expect([posted.status, posted.text]).toEqual([503, "It does not come.\n"]);
    expect(JSON.parse(got.text)).toMatchObject({ method: "GET", url: "/orders" });
    expect([...asked].sort()).toEqual(["GET /orders", "POST /orders"]);
  });
});
