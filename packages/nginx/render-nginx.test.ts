import type { NginxRequest } from "@drydock/core";
import { describe, expect, it } from "vitest";
import { renderNginx } from "./render-nginx.ts";

describe("renderNginx", () => {
  it("writes out service addresses, listens where it was told, and leaves Docker's resolver out", () => {
    const { files, notices } = renderNginx(
      request(`resolver 127.0.0.11 valid=1s;
upstream api { zone api 64k; server api:3000 resolve max_fails=0; keepalive 32; }
server {
  listen 80 default_server;
  listen [::]:80;
  access_log /var/log/nginx/access.log combined;
  location /api/ { proxy_pass http://api; }
  location / { proxy_pass http://web:3000/; }
}`),
    );
    expect(files[0]?.text).toBe(`daemon off;
pid /run/x/nginx.pid;
error_log stderr notice;
events {
  worker_connections 1024;
}
http {
  client_body_temp_path /run/x/client_body-temp;
  proxy_temp_path /run/x/proxy-temp;
  fastcgi_temp_path /run/x/fastcgi-temp;
  uwsgi_temp_path /run/x/uwsgi-temp;
  scgi_temp_path /run/x/scgi-temp;
  upstream web_3000 {
    server 127.0.0.1:4003;
  }
  types {
${typeLines()}
  }
  default_type application/octet-stream;
  access_log /dev/stdout;
  sendfile on;
  keepalive_timeout 65;
  upstream api {
    zone api 64k;
    server 127.0.0.1:4001 max_fails=0;
    server 127.0.0.1:4002 max_fails=0;
    keepalive 32;
  }
  server {
    listen 127.0.0.1:8080 default_server;
    access_log /dev/stdout combined;
    location /api/ {
      proxy_pass http://api;
    }
    location / {
      proxy_pass http://web_3000/;
    }
  }
}
`);
    expect(notices).toEqual([]);
  });

  it("leaves out what the program is too old for and says so with its place", () => {
    const { files, notices } = renderNginx(
      request("keepalive_min_timeout 10s;\nserver { listen 80; }", { version: "1.22.1" }),
    );
    expect(files[0]?.text).not.toContain("keepalive_min_timeout");
    expect(notices).toEqual([
      "/shop/default.conf:1: keepalive_min_timeout is left out: it needs nginx 1.27.4, this is 1.22.1.",
    ]);
  });

  it("turns `http2 on` into a flag of listen for an old program", () => {
    const text = "server { listen 443 ssl; http2 on; }";
    expect(renderNginx(request(text, { version: "1.22.1" })).files[0]?.text).toContain(
      "listen 127.0.0.1:8443 ssl http2;",
    );
    expect(renderNginx(request(text, { version: "1.28.0" })).files[0]?.text).toContain("http2 on;");
  });

  it("takes the TCP line of a port and not the one for HTTP/3", () => {
    const { files, notices } = renderNginx(request("server {\n  listen 443 quic reuseport;\n  listen 443 ssl;\n}"));
    expect(files[0]?.text).toContain("listen 127.0.0.1:8443 ssl;");
    expect(notices).toEqual([
      "/shop/default.conf:2: listen 443 quic reuseport is left out: HTTP/3 is not served on this machine.",
    ]);
  });

  it("says every mistake of all files at once", () => {
    const sources = [
      {
        path: "/etc/nginx/nginx.conf",
        hostPath: "/shop/nginx.conf",
        text: "events {}\nhttp {\n  gzip on\n}\nhttp { include conf.d/*.conf; }",
      },
      { path: "/etc/nginx/conf.d/a.conf", hostPath: "/shop/a.conf", text: "server {\n  listen 80\n}\n}" },
    ];
    expect(() => renderNginx({ ...request(""), sources })).toThrowError(
      expect.objectContaining({
        problems: [
          expect.objectContaining({ file: "/shop/nginx.conf", line: 3, hint: "write: gzip on;" }),
          expect.objectContaining({ file: "/shop/a.conf", line: 2, hint: "write: listen 80;" }),
          expect.objectContaining({ file: "/shop/a.conf", line: 4, message: 'this "}" closes nothing' }),
        ],
      }),
    );
  });

  it("follows a service's name through a variable", () => {
    const { files } = renderNginx(
      request('server { set $backend api; location / { proxy_pass "http://$backend:3000"; } }'),
    );
    expect(files[0]?.text).toContain("proxy_pass http://api_3000;");
    expect(files[0]?.text).toContain("server 127.0.0.1:4002;");
  });

  it("follows a service's name and port through a variable", () => {
    const { files } = renderNginx(
      request("server { set $backend web:3000; location / { proxy_pass http://$backend; } }"),
    );
    expect(files[0]?.text).toContain("proxy_pass http://web_3000;");
  });

  it("serves the image's own page folder where no site is mounted", () => {
    const { files } = renderNginx({ ...request(""), sources: [] });
    expect(files[0]?.text).toContain("listen 127.0.0.1:8080;");
    expect(files[0]?.text).toContain("root /usr/share/nginx/html;");
  });

  it("leaves out a server that can listen nowhere, with its place", () => {
    const { files, notices } = renderNginx(
      request("server { listen 9000; server_name hidden; }\nserver { listen 80; }"),
    );
    expect(files[0]?.text).not.toContain("hidden");
    expect(notices).toEqual([
      "/shop/default.conf:1: listen 9000 is left out: the service does not publish or expose port 9000.",
    ]);
  });

  it("passes streams to upstreams of their own", () => {
    const main = "events {}\nstream { server { listen 80; proxy_pass api:3000; } }";
    const sources = [{ path: "/etc/nginx/nginx.conf", hostPath: "/shop/nginx.conf", text: main }];
    expect(renderNginx({ ...request(""), sources }).files[0]?.text).toContain(`stream {
  upstream api_3000 {
    server 127.0.0.1:4001;
    server 127.0.0.1:4002;
  }
  server {
    listen 127.0.0.1:8080;
    proxy_pass api_3000;
  }
}
`);
  });

  it("maps paths under mounts and keeps quoted strings, regular expressions and unknown hosts as they are", () => {
    const { files } = renderNginx(
      request(`log_format j escape=json '{"a":"$request"}';
server {
  root /srv/www;
  location ~ "^/\\d{2}/" { proxy_pass https://example.org/; }
}`),
    );
    const text = files[0]?.text ?? "";
    expect(text).toContain(`log_format j escape=json '{"a":"$request"}';`);
    expect(text).toContain('root "/shop/my www";');
    expect(text).toContain('location ~ "^/\\d{2}/" {');
    expect(text).toContain("proxy_pass https://example.org/;");
  });

  it("knows for each line where it came from", () => {
    const [file] = renderNginx(request("server {\n  listen 80;\n  proxy_nonsense on;\n}")).files;
    const line = (file?.text ?? "").split("\n").findIndex((each) => each.includes("proxy_nonsense"));
    expect(file?.origins[line]).toEqual({ hostPath: "/shop/default.conf", line: 3 });
  });

  it("takes a mounted main file whole and includes what it includes", () => {
    const { files, notices } = renderNginx({
      ...request(""),
      sources: [
        {
          path: "/etc/nginx/nginx.conf",
          hostPath: "/shop/nginx.conf",
          text: "user nginx;\nevents {}\nhttp { include sites/*.conf; include missing.conf; }",
        },
        { path: "/etc/nginx/sites/b.conf", hostPath: "/shop/b.conf", text: "server { listen 80; server_name b; }" },
        { path: "/etc/nginx/sites/a.conf", hostPath: "/shop/a.conf", text: "server { listen 80; server_name a; }" },
      ],
    });
    const text = files[0]?.text ?? "";
    expect(text.indexOf("server_name a")).toBeLessThan(text.indexOf("server_name b"));
    expect(text).not.toContain("user nginx");
    expect(notices).toEqual([
      "/shop/nginx.conf:3: include /etc/nginx/missing.conf is left out: no mount has that file.",
    ]);
  });

  it.each([
    ["server {\n  listen 80;\n", 'this "{" is never closed', 1],
    ["server {\n  listen 80\n}", '"listen" is not ended by ";"', 2],
    ["}\n", 'this "}" closes nothing', 1],
  ])("says where the text of %j is wrong", (text, message, line) => {
    expect(() => renderNginx(request(text))).toThrowError(
      expect.objectContaining({
        code: "NGINX_SYNTAX",
        problems: [expect.objectContaining({ message, line, file: "/shop/default.conf" })],
      }),
    );
  });
});

function request(text: string, changes: Partial<NginxRequest> = {}): NginxRequest {
  const services = new Map([
    ["api:3000", [4001, 4002]],
    ["web:3000", [4003]],
  ]);
  return {
    sources: [{ path: "/etc/nginx/conf.d/default.conf", hostPath: "/shop/default.conf", text }],
    listen: new Map([
      [80, { host: "127.0.0.1", port: 8080 }],
      [443, { host: "127.0.0.1", port: 8443 }],
    ]),
    addressesOf: (host, port) => services.get(`${host}:${port}`)?.map((each) => ({ host: "127.0.0.1", port: each })),
    mapPath: (path) => (path.startsWith("/srv/www") ? path.replace("/srv/www", "/shop/my www") : undefined),
    runDirectory: "/run/x",
    version: "1.28.0",
    ...changes,
  };
}

function typeLines(): string {
  const whole = renderNginx(request("")).files[0]?.text ?? "";
  return /types \{\n([\s\S]*?)\n {2}\}/.exec(whole)?.[1] ?? "";
}
