import { rmSync } from "node:fs";
import { array, assert, asyncProperty, constantFrom, option, record } from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { etagOf } from "./static/conditions.ts";
import { ask } from "./testing/ask.ts";
import { type Running, servers } from "./testing/both-servers.ts";
import { changedAt, makeFiles } from "./testing/files.ts";
import { freePort } from "./testing/free-port.ts";
import { startUpstream, type TestUpstream } from "./testing/test-upstream.ts";

const isSkipped = servers.some(({ skips }) => skips);
let upstream: TestUpstream;
let folder = "";
let running: readonly Running[] = [];
let ports: readonly number[] = [];

beforeAll(async () => {
  if (isSkipped) return;
  upstream = await startUpstream("a");
  folder = makeFiles();
  const found = await Promise.all(
    servers.map(async ({ start }) => {
      const port = await freePort();
      return { port, running: await start(configuration(port), port) };
    }),
  );
  ports = found.map((each) => each.port);
  running = found.map((each) => each.running);
});

afterAll(async () => {
  await Promise.all(running.map((each) => each.stop()));
  await upstream?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

const configuration = (port: number) => `
types { text/html html; text/css css; text/plain txt; }
map $uri $kind { default other; ~^/a(?<more>.*)$ "a:$more"; /docs/ folder; }
server { listen 127.0.0.1:${port}; server_name localhost; root ${folder}/site;
  location / { try_files $uri $uri/ @app; }
  location @app { proxy_pass http://127.0.0.1:${upstream.port}; }
  location /a/ { proxy_pass http://127.0.0.1:${upstream.port}/b/; }
  location /a/b { return 200 "prefix $uri $args $kind"; }
  location = /a/b/ { return 204; }
  location ~ ^/(x|y)/(.*)$ { rewrite ^/x/(.*)$ /y/$1?was=x last; return 302 /a/$2$is_args$args; }
  location ~* \\.CSS$ { add_header X-Style "$1$uri"; expires 1h; }
  location ^~ /docs/ { index index.html; location ~ \\.txt$ { return 200 "text $uri"; } }
  location /alias/ { alias ${folder}/other/; error_page 404 = /a/b/missing; }
  location /if/ { set $out "0"; if ($arg_q ~ "^(.)b") { set $out $1; } if ($request_uri ~* "%2f") { return 418 "slash"; } return 200 "$out|$args|$uri"; }
  location /broken/ { rewrite ^/broken(/.*)$ $1 break; }
}`;

const piece = constantFrom(
  "/",
  "a",
  "b",
  "x",
  "y",
  "/a/",
  "/a/b",
  "/docs",
  "/docs/",
  "index.html",
  ".css",
  ".CSS",
  "style",
  "numbers.txt",
  "alias/",
  "file.txt",
  "/if/",
  "/broken/",
  "..",
  ".",
  "//",
  "%2F",
  "%2f",
  "%20",
  "+",
  "%C3%BC",
  "a%20b",
  "%25",
  "%3F",
  "empty",
);
const query = option(constantFrom("", "q=ab", "q=1&q=2", "was=z", "a=%2f", "?", "q=%20+"), { nil: undefined });
const headers = constantFrom(
  {},
  { Range: "bytes=1-2" },
  { "If-None-Match": etagOf({ mtimeMs: changedAt.getTime(), size: 10 }) },
  { "Accept-Encoding": "gzip" },
  { Host: "LOCALHOST:99" },
);

test.skipIf(isSkipped)("whatever is asked, the edge answers as nginx does", async () => {
  const request = record({
    pieces: array(piece, { maxLength: 5 }),
    query,
    headers,
    method: constantFrom("GET", "GET", "HEAD", "POST"),
  });
  await assert(
    asyncProperty(request, async ({ pieces, query: arguments_, headers: given, method }) => {
      const path = `/${pieces.join("")}${arguments_ === undefined ? "" : `?${arguments_}`}`;
      const answers = await Promise.all(
        ports.map(async (port) => {
          const { status, headers: got, body } = await ask(port, { path, headers: given, method });
          const own = (text: string | undefined) => text?.replaceAll(String(port), "PORT");
          const isOwnPage = /^<(!doctype )?html>/.test(body);
          return {
            status,
            // Headers may go to the upstream in another order.
            body: isOwnPage ? "page" : body.replace(/"headers":\{[^}]*\}/, ""),
            location: own(got.location),
            type: got["content-type"],
            range: got["content-range"],
            style: got["x-style"],
            cache: got["cache-control"],
            etag: got.etag,
            length: isOwnPage || body.startsWith("{") || method === "HEAD" ? undefined : got["content-length"],
          };
        }),
      );
      expect({ path, ...answers[1] }).toEqual({ path, ...answers[0] });
    }),
    { numRuns: 3000, interruptAfterTimeLimit: 40_000 },
  );
});
