import { expect, test } from "vitest";
import type { FrontPlan } from "./front-plan.ts";
import { renderFront } from "./render-front.ts";
import { testPlan, testRoute, testService } from "./test-plan.ts";

/** The servers and upstreams: what a plan decides. */
const decided = (text: string): string =>
  text
    .split("\n")
    .filter((line) => !/^ {2}(?:log_format|proxy_|gzip|ssl_|map|keepalive|client_max)/.test(line))
    .join("\n");

test("a front for this machine, whole", () => {
  expect(renderFront(testPlan({ generation: "7" }))).toMatchInlineSnapshot(`
    "events {
      worker_connections 1024;
    }
    http {
      log_format json_lines escape=json '{"time":"$time_iso8601","client":"$remote_addr","method":"$request_method","host":"$http_host","uri":"$request_uri","protocol":"$server_protocol","status":$status,"bytes":$body_bytes_sent,"seconds":$request_time,"requestId":"$trace_id","upstream":"$upstream_addr","upstreamStatus":"$upstream_status","upstreamSeconds":"$upstream_response_time"}';
      access_log /dev/stdout json_lines;
      map $http_upgrade $connection_upgrade {
        default upgrade;
        "" "";
      }
      map $http_x_request_id $trace_id {
        default $request_id;
        "~^[A-Za-z0-9._-]{8,64}$" $http_x_request_id;
      }
      upstream web {
        server 127.0.0.1:3000 max_fails=0;
        keepalive 32;
      }
      server_tokens off;
      ssl_certificate /shop/.dev/front/front.pem;
      ssl_certificate_key /shop/.dev/front/front.pem;
      ssl_protocols TLSv1.2 TLSv1.3;
      ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305;
      ssl_ecdh_curve X25519:prime256v1:secp384r1;
      ssl_prefer_server_ciphers off;
      ssl_session_timeout 1d;
      ssl_session_cache shared:front:10m;
      keepalive_timeout 65s;
      keepalive_min_timeout 10s;
      client_max_body_size 0;
      gzip on;
      gzip_proxied any;
      gzip_types application/json application/javascript text/css text/javascript text/plain image/svg+xml;
      proxy_http_version 1.1;
      proxy_set_header Host $http_host;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_upgrade;
      proxy_set_header X-Request-Id $trace_id;
      proxy_set_header X-Forwarded-For $remote_addr;
      proxy_set_header X-Forwarded-Host $http_host;
      proxy_set_header X-Forwarded-Proto $scheme;
      proxy_set_header X-Forwarded-Port $server_port;
      proxy_hide_header X-Request-Id;
      proxy_hide_header Strict-Transport-Security;
      proxy_redirect http://$http_host/ https://$http_host/;
      proxy_connect_timeout 5s;
      proxy_read_timeout 1h;
      proxy_send_timeout 1h;
      proxy_buffering off;
      proxy_next_upstream error timeout;
      proxy_next_upstream_timeout 10s;
      limit_req_status 429;
      server {
        listen 127.0.0.1:8443 ssl default_server;
        http2 on;
        server_name front.invalid;
        access_log off;
        default_type text/plain;
        error_page 497 =308 https://$host:8443$request_uri;
        location = /generation {
          return 200 7;
        }
        location / {
          return 404 "There is no $host here. The names are: shop.localhost\\n";
        }
      }
      server {
        listen 127.0.0.1:8443 ssl;
        http2 on;
        server_name shop.localhost;
        add_header Strict-Transport-Security max-age=63072000 always;
        add_header X-Request-Id $trace_id always;
        error_page 497 =308 https://$host:8443$request_uri;
        location / {
          proxy_pass http://web;
        }
      }
    }
    "
  `);
});

test("a front for production: names are looked up, port 80 sends on, an old nginx gets its own words", () => {
  const web = testService("web", 3000, {
    upstream: { name: "web", scheme: "http", servers: [{ host: "web", port: 3000 }], balance: "round-robin" },
  });
  const plan = testPlan({
    listen: ["443", "[::]:443"],
    plainListen: ["80", "[::]:80"],
    resolver: "127.0.0.11",
    sites: [{ hosts: ["shop.example"], routes: [testRoute("/", web)] }],
  });
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
      resolver 127.0.0.11 valid=1s ipv6=off;
      upstream web {
        zone web 64k;
        server web:3000 resolve max_fails=0;
        keepalive 32;
      }
      server_tokens off;
      limit_req_status 429;
      server {
        listen 443 ssl default_server;
        listen [::]:443 ssl default_server;
        http2 on;
        server_name front.invalid;
        access_log off;
        default_type text/plain;
        error_page 497 =308 https://$host$request_uri;
        location / {
          return 404 "There is no $host here. The names are: shop.example\\n";
        }
      }
      server {
        listen 443 ssl;
        listen [::]:443 ssl;
        http2 on;
        server_name shop.example;
        add_header Strict-Transport-Security max-age=63072000 always;
        add_header X-Request-Id $trace_id always;
        error_page 497 =308 https://$host$request_uri;
        location / {
          proxy_pass http://web;
        }
      }
      server {
        listen 80 default_server;
        listen [::]:80 default_server;
        return 308 https://$host$request_uri;
      }
    }
    "
  `);
  const old = renderFront({ ...plan, version: "1.22.1" });
  expect(old).toContain("listen 443 ssl http2 default_server;");
  expect(old).not.toMatch(/resolve;|resolve max_fails|http2 on|keepalive_min_timeout|zone web/);
});

test("an old nginx that is reloaded keeps connections of HTTP/2, which ask the server, and none of HTTP/1.1, which ask the location", () => {
  const lines = (changes: Partial<FrontPlan>) =>
    renderFront(testPlan({ generation: "1", ...changes })).match(/^ *keepalive_timeout .*|^ *location .*/gm) ?? [];
  const old = lines({ version: "1.22.1" });
  expect(old[0]).toBe("  keepalive_timeout 65s;");
  const locations = old.flatMap((line, index) => (line.includes("location") ? [old[index + 1]?.trim()] : []));
  expect(new Set(locations)).toEqual(new Set(["keepalive_timeout 0;"]));
  expect(lines({ version: "1.27.4" }).filter((line) => line.includes("timeout"))).toEqual(["  keepalive_timeout 65s;"]);
});

test("pages get a script only where it is asked for, and whoever asks for one is answered uncompressed", () => {
  const routes = [
    testRoute("/", testService("web", 3000), { hasPageScript: true }),
    testRoute("/vite/", testService("vite", 5173, { requestHeaders: { "X-A": "b" } })),
  ];
  const plan = testPlan({ sites: [{ hosts: ["shop.localhost"], routes }] });
  expect(renderFront(plan)).not.toMatch(/sub_filter|drydock|page_encoding/);
  const text = renderFront({ ...plan, pages: { host: "127.0.0.1", port: 4000 } });
  expect(text).toContain(`  map $http_accept $page_encoding {
    default $http_accept_encoding;
    "~text/html" "";
  }`);
  expect(text.match(/proxy_set_header Accept-Encoding \$page_encoding;/g)).toHaveLength(2);
  expect(text.slice(text.indexOf("server_name shop"), text.indexOf("location @web"))).toMatchInlineSnapshot(`
    "server_name shop.localhost;
        add_header Strict-Transport-Security max-age=63072000 always;
        add_header X-Request-Id $trace_id always;
        error_page 497 =308 https://$host:8443$request_uri;
        location ^~ /.drydock/ {
          access_log off;
          proxy_pass http://127.0.0.1:4000/;
        }
        location / {
          sub_filter '<!doctype html>' '<!doctype html><script src="/.drydock/page.js"></script>';
          sub_filter_last_modified on;
          proxy_pass http://web;
        }
        location /vite/ {
          proxy_set_header Host $http_host;
          proxy_set_header Upgrade $http_upgrade;
          proxy_set_header Connection $connection_upgrade;
          proxy_set_header X-Request-Id $trace_id;
          proxy_set_header X-Forwarded-For $remote_addr;
          proxy_set_header X-Forwarded-Host $http_host;
          proxy_set_header X-Forwarded-Proto $scheme;
          proxy_set_header X-Forwarded-Port $server_port;
          proxy_set_header Accept-Encoding $page_encoding;
          proxy_set_header X-A b;
          proxy_pass http://vite;
        }
      }
    }"
  `);
});
