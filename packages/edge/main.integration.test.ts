import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "@drydock/testing";
import { afterEach, beforeEach, expect, test } from "vitest";
import { main } from "./index.ts";
import { ask } from "./testing/ask.ts";
import { freePort } from "./testing/free-port.ts";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "edge-main-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

test("it serves until the signal, and SIGHUP loads the file again or says why not", async () => {
  const port = await freePort();
  const configurationFile = join(folder, "nginx.conf");
  const write = (http: string) => writeFileSync(configurationFile, `events {}\nhttp {\n${http}\n}\n`);
  const site = (text: string) =>
    `include sites/*.conf;\nserver { listen 127.0.0.1:${port}; access_log off; return 200 ${text}; }`;
  write(site("one"));
  const controller = new AbortController();
  const lines: string[] = [];
  const ended = main({ configurationFile, signal: controller.signal, log: (line) => lines.push(line), graceMs: 100 });
  await eventually(() => lines.includes(`embedded edge: listening on 127.0.0.1:${port}`));
  expect((await ask(port, { path: "/" })).body).toBe("one");

  write(site("two"));
  process.emit("SIGHUP");
  await eventually(async () => (await ask(port, { path: "/" })).body === "two");

  write("server { listen 80 }\nupstream {");
  process.emit("SIGHUP");
  const refusal = await eventually(() =>
    lines.find((line) => line.startsWith("the old configuration goes on serving")),
  );
  expect(refusal).toContain(`${configurationFile}:3: "listen" is not ended by ";" (write: listen 80;)`);
  expect((await ask(port, { path: "/" })).body).toBe("two");

  controller.abort();
  await ended;
  await expect(ask(port, { path: "/" })).rejects.toThrow();
});
