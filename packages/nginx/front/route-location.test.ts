import { expect, test } from "vitest";
import { renderFront } from "./render-front.ts";
import { testPlan, testRoute, testService } from "./test-plan.ts";

/** The servers and upstreams: what a plan decides. */
const decided = (text: string): string =>
  text
    .split("\n")
    .filter((line) => !/^ {2}(?:log_format|proxy_|gzip|ssl_|map|keepalive|client_max)/.test(line))
    .join("\n");

test("every kind of route", () => {
  const api = testService("api", 3001, {
    upstream: {
      name: "api",
      scheme: "http",
      servers: [
        { host: "127.0.0.1", port: 3001 },
        { host: "127.0.0.1", port: 3002 },
      ],
      balance: "least-connections",
    },
    rewrite: "/v1/",
    timeoutMs: 1500,
    tries: 2,
    requestHeaders: { "X-Tenant": "blue green" },
    maxBodyBytes: 1024,
    perSecond: 10,
    unavailable: 'The service "api" does not answer.',
  });
  const routes = [
    testRoute("/api/", api, { headers: { "Cache-Control": "no-store" } }),
    testRoute("/old", { kind: "redirect", to: "/new", status: 301 }, { isExact: true }),
    testRoute("/static/", { kind: "folder", directory: "/shop/public", fallback: undefined }),
    testRoute("/", { kind: "unavailable", text: "Back at nine." }),
  ];
  const plan = testPlan({ sites: [{ hosts: ["shop.localhost", "www.shop.localhost"], routes }] });
  expect(decided(renderFront(plan))).toMatchInlineSnapshot(`
    "events {
      worker_connections 1024;
    }
    http {
      access_log /dev/stdout json_lines;
        default upgrade;
        "" "";
      }
        default $request_id;
        "~^[A-Za-z0-9._-]{8,64}$" $http_x_request_id;
      }
      limit_req_zone $binary_remote_addr zone=api_10:1m rate=10r/s;
      upstream api {
        least_conn;
        server 127.0.0.1:3001 max_fails=0;
        server 127.0.0.1:3002 max_fails=0;
        keepalive 32;
      }
      types {
        text/html html htm;
        text/css css;
        text/javascript js mjs;
        application/json json map;
        application/manifest+json webmanifest;
        application/wasm wasm;
        application/xml xml;
        application/pdf pdf;
        application/zip zip;
        text/plain txt;
        text/markdown md;
        text/csv csv;
        image/svg+xml svg;
        image/png png;
        image/jpeg jpg jpeg;
        image/gif gif;
        image/webp webp;
        image/avif avif;
        image/x-icon ico;
        font/woff woff;
        font/woff2 woff2;
        font/ttf ttf;
        font/otf otf;
        audio/mpeg mp3;
        audio/ogg ogg;
        video/mp4 mp4;
        video/webm webm;
      }
      default_type application/octet-stream;
      server_tokens off;
      limit_req_status 429;
      server {
        listen 127.0.0.1:8443 ssl default_server;
        http2 on;
        server_name front.invalid;
        access_log off;
        default_type text/plain;
        error_page 497 =308 https://$host:8443$request_uri;
        location / {
          return 404 "There is no $host here. The names are: shop.localhost, www.shop.localhost\\n";
        }
      }
      server {
        listen 127.0.0.1:8443 ssl;
        http2 on;
        server_name shop.localhost www.shop.localhost;
        add_header Strict-Transport-Security max-age=63072000 always;
        add_header X-Request-Id $trace_id always;
        error_page 497 =308 https://$host:8443$request_uri;
        location /api/ {
          add_header Strict-Transport-Security max-age=63072000 always;
          add_header X-Request-Id $trace_id always;
          add_header Cache-Control no-store always;
          limit_req zone=api_10 burst=10;
          client_max_body_size 1024;
          proxy_set_header Host $http_host;
          proxy_set_header Upgrade $http_upgrade;
          proxy_set_header Connection $connection_upgrade;
          proxy_set_header X-Request-Id $trace_id;
          proxy_set_header X-Forwarded-For $remote_addr;
          proxy_set_header X-Forwarded-Host $http_host;
          proxy_set_header X-Forwarded-Proto $scheme;
          proxy_set_header X-Forwarded-Port $server_port;
          proxy_set_header X-Tenant "blue green";
          proxy_read_timeout 1500ms;
          proxy_next_upstream_tries 2;
          error_page 502 504 =503 @api_unavailable;
          proxy_pass http://api/v1/;
        }
        location @api_unavailable {
          add_header Strict-Transport-Security max-age=63072000 always;
          add_header X-Request-Id $trace_id always;
          add_header Retry-After 1 always;
          default_type text/plain;
          return 503 "The service \\"api\\" does not answer.\\n";
        }
        location = /old {
          return 301 /new;
        }
        location /static/ {
          alias /shop/public/;
          try_files $uri $uri/ =404;
        }
        location / {
          default_type text/plain;
          return 503 "Back at nine.\\n";
        }
      }
    }
    "
  `);
});
