import { expect, test } from "vitest";
import { parseNginx } from "../parse.ts";
import { compareConfigurations } from "./compare-configurations.ts";
import { layerFront } from "./layer-front.ts";
import { type ParityLine, parityScore } from "./parity-line.ts";

const read = (text: string, file: string) => parseNginx(text, file);
const production = `
http {
  upstream api { least_conn; server 10.0.0.5:3000; server 10.0.0.6:3000; }
  limit_req_zone $binary_remote_addr zone=perip:10m rate=10r/s;
  ssl_protocols TLSv1.1 TLSv1.2 TLSv1.3;
  server {
    listen 443 ssl http2;
    server_name shop.example;
    add_header Strict-Transport-Security "max-age=31536000; includeSubDomains" always;
    client_max_body_size 10m;
    location /api/ {
      limit_req zone=perip burst=20;
      proxy_read_timeout 60s;
      proxy_set_header Host $host;
      proxy_pass http://api/v1/;
    }
    location = /old { return 301 /new; }
    location / { proxy_pass http://web:3000; }
  }
  server {
    listen 80;
    server_name shop.example;
    return 301 https://$host$request_uri;
  }
}`;
const lineTexts = (lines: readonly ParityLine[]) =>
  lines
    .filter(({ isSame }) => !isSame)
    .map(({ location = "", topic, theirs, ours }) =>
      `${location} ${topic}: ${theirs.text}${theirs.place ? ` @${theirs.place.line}` : ""} | ${ours.text}`.trim(),
    );

test("a configuration is the same as itself, however it is written", () => {
  const rewritten = production
    .replace("listen 443 ssl http2;", "listen [::]:443 ssl; http2 on;")
    .replace("proxy_read_timeout 60s", "proxy_read_timeout 1m")
    .replace("TLSv1.1 TLSv1.2 TLSv1.3", "TLSv1.3 TLSv1.2 TLSv1.1")
    .replace("10m;\n    location", "10240k;\n    location")
    .replaceAll("perip", "other")
    .replace("location /api/ {", "location /api/ { proxy_buffering on;");
  const lines = compareConfigurations(read(production, "a.conf"), read(rewritten, "b.conf"), "file");
  expect(lineTexts(lines)).toEqual([]);
  expect(parityScore(lines)).toBe(100);
  expect(lines.length).toBeGreaterThan(10);
});

test("each difference is a line with what both sides say and where, whole", () => {
  const ours = `
    upstream web { server web:3000; keepalive 32; }
    server {
      listen 8443 ssl;
      server_name shop.localhost;
      add_header Strict-Transport-Security max-age=63072000 always;
      location /api/ {
        proxy_read_timeout 1h;
        proxy_set_header Host $http_host;
        proxy_set_header X-Request-Id $request_id;
        proxy_pass http://api:3000/;
      }
      location / { proxy_pass http://web; }
    }`;
  const lines = compareConfigurations(read(production, "prod.conf"), read(ours, "proxy.conf"), "file");
  expect(lineTexts(lines)).toMatchInlineSnapshot(`
    [
      "HTTP/2: on @6 | off",
      "plain HTTP: 301 to https @20 | nothing",
      "ssl_protocols: TLSv1.1 TLSv1.2 TLSv1.3 @5 | TLSv1.2 TLSv1.3 (nginx's default)",
      "client_max_body_size: 10m @10 | 1m (nginx's default)",
      "add_header Strict-Transport-Security: max-age=31536000; includeSubDomains always @9 | max-age=63072000 always",
      "/api/ proxy_pass: http://{10.0.0.5:3000, 10.0.0.6:3000}/v1/ @15 | http://api:3000/",
      "/api/ balance: least_conn @15 | round-robin",
      "/api/ proxy_read_timeout: 60s @13 | 1h",
      "/api/ limit_req: 10r/s a $binary_remote_addr, burst 20 @12 | no limit",
      "/api/ proxy_set_header X-Request-Id: not set | $request_id",
      "= /old location: return 301 /new; @17 | no such location",
    ]
  `);
  expect(parityScore(lines)).toMatchInlineSnapshot(`24`);
  expect(
    lines.flatMap(({ topic, advice }) => (advice === undefined ? [] : [`${topic}: ${advice}`])),
  ).toMatchInlineSnapshot(`
    [
      "HTTP/2: write \`http2 on;\` in proxy.conf:3",
      "plain HTTP: write \`return 308 https://$host$request_uri;\` in proxy.conf:3",
      "ssl_protocols: write \`ssl_protocols TLSv1.2 TLSv1.3;\` in prod.conf:5",
      "client_max_body_size: write \`client_max_body_size 10m;\` in proxy.conf:3",
      "add_header Strict-Transport-Security: write \`add_header Strict-Transport-Security max-age=63072000 always;\` in prod.conf:9",
      "proxy_pass: write \`proxy_pass http://api/v1/;\` in proxy.conf:11",
      "balance: write \`least_conn;\` in proxy.conf:11",
      "proxy_read_timeout: write \`proxy_read_timeout 60s;\` in proxy.conf:8",
      "limit_req: write \`limit_req zone=perip burst=20;\` in proxy.conf:7",
      "proxy_set_header X-Request-Id: write \`proxy_set_header X-Request-Id $request_id;\` in prod.conf:11",
      "location: add \`location = /old { return 301 /new; }\` to the server in proxy.conf:3",
    ]
  `);
});

test("where the front is rendered, settings are named instead of lines", () => {
  const ours = `server { listen 443 ssl; server_name shop.example; location / { proxy_pass http://web:3000; } }`;
  const lines = compareConfigurations(read(production, "prod.conf"), read(ours, "front"), "rendered");
  expect(lines.find(({ location }) => location === "/api/")?.advice).toBe(
    'add a route { path: "/api/", ... } to dev.config.ts: production has `proxy_pass http://api/v1/;`',
  );
  expect(lines.find(({ topic }) => topic === "client_max_body_size")?.advice).toContain("set maxBody (bytes)");
});

test("a team's own file with our front before it is what a browser meets: TLS of the one, locations of the other", () => {
  const front = `
    http {
      ssl_protocols TLSv1.2 TLSv1.3;
      server { listen 443 ssl; http2 on; server_name front.invalid; }
      server { listen 443 ssl; http2 on; server_name shop.example; add_header Strict-Transport-Security max-age=63072000 always; }
      server { listen 80 default_server; return 308 https://$host$request_uri; }
    }`;
  const own = `server { listen 80; location / { add_header X-A b; proxy_pass http://web:3000; } }`;
  const layered = layerFront(read(front, "front"), read(own, "own"));
  const lines = compareConfigurations(read(production, "prod.conf"), layered, "file");
  const texts = new Map(lines.map(({ location = "", topic, ours }) => [`${location} ${topic}`.trim(), ours.text]));
  expect(texts.get("HTTPS")).toBe("on");
  expect(texts.get("HTTP/2")).toBe("on");
  expect(texts.get("plain HTTP")).toBe("308 to https");
  expect(texts.get("ssl_protocols")).toBe("TLSv1.2 TLSv1.3");
  expect(texts.get("/ add_header Strict-Transport-Security")).toBe("max-age=63072000 always");
  expect(texts.get("/ proxy_pass")).toBe("http://web:3000");
});

test("a host that only one side serves is one line", () => {
  const two = `server { server_name shop.example; } server { server_name admin.shop.example; }`;
  const one = `server { server_name shop.localhost; } server { server_name api.shop.localhost; }`;
  const lines = compareConfigurations(read(two, "a"), read(one, "b"), "rendered");
  expect(lines.filter(({ topic }) => topic === "site")).toMatchObject([
    { site: "admin.shop.example", theirs: { text: "is served" }, ours: { text: "is not served" } },
    { site: "api.shop.localhost", theirs: { text: "is not served" } },
  ]);
});
