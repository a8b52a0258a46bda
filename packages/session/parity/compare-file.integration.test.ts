import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { StackSource } from "../supervisor.ts";
import { compareFile } from "./compare-file.ts";

let directory: string;
const files: Readonly<Record<string, string>> = {
  "docker-compose.yml": `
name: shop
services:
  web: { image: "node:24", expose: ["3000"] }
  proxy: { image: "nginx:1.30", ports: ["8080:80"], volumes: ["./proxy/site.conf:/etc/nginx/conf.d/default.conf"] }
`,
  "proxy/site.conf": `server {
  listen 80;
  client_max_body_size 64k;
  location / { proxy_pass http://web:3000; }
}`,
  "prod/nginx.conf": "events {}\nhttp {\n  include /etc/nginx/conf.d/*.conf;\n  include /etc/nginx/gone.conf;\n}",
  "prod/conf.d/shop.conf": `server {
  listen 443 ssl http2;
  server_name shop.example;
  client_max_body_size 10m;
  location / { proxy_pass http://10.0.0.7:8080; }
}`,
  "notes.txt": "Remember the milk; and the bread",
  "broken.conf": "server { listen 80 }",
};

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "drydock-parity-"));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(directory, name)), { recursive: true });
    await writeFile(join(directory, name), text);
  }
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const compare = (file: string) => {
  const source: StackSource = { directory, files: [], envFiles: [], profiles: [], variables: {} };
  return compareFile(source, file, undefined);
};

test("production's file is compared with the service that is the entrance here, and the front before it", async () => {
  const report = await compare("prod/nginx.conf");
  expect(report.ours).toContain("the service proxy with the front before it");
  expect(report.notices).toEqual([
    "prod/nginx.conf:4: include /etc/nginx/gone.conf is left out: there is no such file beside prod/nginx.conf.",
  ]);
  const lines = new Map(report.lines.map((line) => [line.topic, line]));
  expect(lines.get("client_max_body_size")).toMatchObject({
    theirs: { text: "10m", place: { file: "prod/conf.d/shop.conf", line: 4 } },
    ours: { text: "64k", place: { file: "proxy/site.conf", line: 3 } },
    advice: "write `client_max_body_size 10m;` in proxy/site.conf:3",
  });
  expect(lines.get("HTTPS")?.isSame).toBe(true);
  expect(lines.get("proxy_pass")?.isSame).toBe(true);
  expect(lines.get("add_header Strict-Transport-Security")).toMatchObject({
    theirs: { text: "not set" },
    advice: expect.stringContaining("in prod/conf.d/shop.conf:1"),
  });
});

test("what is no configuration is told, and every mistake of one", async () => {
  await expect(compare("nothing.conf")).rejects.toMatchObject({ code: "NO_SUCH_FILE", exitCode: 3 });
  await expect(compare("prod")).rejects.toMatchObject({ hint: "Name its main file: prod/nginx.conf" });
  await expect(compare("shop.example")).rejects.toMatchObject({
    hint: "To compare with a live site: dev parity https://shop.example",
  });
  await expect(compare("notes.txt")).rejects.toMatchObject({ code: "NOT_NGINX" });
  await expect(compare("broken.conf")).rejects.toMatchObject({
    code: "BAD_CONFIGURATION",
    problems: [{ file: "broken.conf", line: 1 }],
  });
});
