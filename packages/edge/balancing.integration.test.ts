import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "@drydock/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ask } from "./testing/ask.ts";
import { type Running, servers } from "./testing/both-servers.ts";
import { freePort } from "./testing/free-port.ts";
import { startUpstream, type TestUpstream } from "./testing/test-upstream.ts";

let upstreams: readonly TestUpstream[] = [];
let folder = "";

beforeAll(async () => {
  upstreams = await Promise.all(["a", "b", "c"].map(startUpstream));
  folder = mkdtempSync(join(tmpdir(), "edge-balance-"));
});

afterAll(async () => {
  await Promise.all(upstreams.map((each) => each.stop()));
  rmSync(folder, { recursive: true, force: true });
});

describe.each(servers)("balancing and logs: $name", ({ skips, start }) => {
  let running: Running | undefined;
  let port = 0;
  let log = "";

  beforeAll(async () => {
    if (skips) return;
    port = await freePort();
    log = join(folder, `${port}.log`);
    const [a, b, c] = upstreams.map((each) => `server 127.0.0.1:${each.port}`);
    const dead = await freePort();
    running = await start(
      `log_format plain '$remote_addr "$request" $status $body_bytes_sent $arg_q [$http_user_agent] $upstream_status';
log_format json escape=json '{"request":"$request","agent":"$http_user_agent","status":$status,"upstream":"$upstream_addr"}';
map $status $is_error { default 0; ~^[45] 1; }
upstream turns { ${a}; ${b}; ${c}; }
upstream weights { ${a} weight=5; ${b}; ${c}; }
upstream least { least_conn; ${a}; ${b}; }
upstream address { ip_hash; ${a}; ${b}; ${c}; }
upstream key { hash $arg_k; ${a}; ${b}; ${c}; }
upstream circle { hash $arg_k consistent; ${a}; ${b}; ${c}; }
upstream failing { server 127.0.0.1:${dead} max_fails=1 fail_timeout=60s; ${a}; }
server { listen 127.0.0.1:${port}; access_log off;
  add_header X-Tries $upstream_addr;
  ${["turns", "weights", "least", "address", "key", "circle", "failing"].map((name) => `location /${name} { proxy_pass http://${name}; }`).join("\n")}
  location /logged/ { access_log ${log} plain; proxy_pass http://127.0.0.1:${upstreams[0]?.port}/status/404?; }
  location /json { access_log ${log} json; return 200 x; }
  location /errors-only/ { access_log ${log} plain if=$is_error; return 200 x; }
}`,
      port,
    );
  });

  afterAll(async () => {
    await running?.stop();
  });

  const names = async (path: string, count: number): Promise<readonly string[]> => {
    const found: string[] = [];
    for (let index = 0; index < count; index++)
      found.push((await ask(port, { path })).headers["x-upstream"]?.toString() ?? "");
    return found;
  };

  test.skipIf(skips)("servers take turns", async () => {
    expect((await names("/turns", 6)).join("")).toBe("abcabc");
  });

  test.skipIf(skips)("weights are smooth", async () => {
    expect((await names("/weights", 7)).join("")).toBe("aabacaa");
  });

  test.skipIf(skips)("least_conn takes turns among the idle", async () => {
    expect((await names("/least", 4)).join("")).toBe("abab");
  });

  test.skipIf(skips)("ip_hash and hash keep to one server, and the same one as nginx", async () => {
    expect(new Set(await names("/address", 4)).size).toBe(1);
    const byKey = (await Promise.all(["x", "y", "z", "w", "v"].map((key) => names(`/key?k=${key}`, 2)))).map((each) =>
      each.join(""),
    );
    expect(byKey).toEqual(["bb", "aa", "cc", "bb", "aa"]);
    for (const key of ["x", "y", "z"]) expect(new Set(await names(`/circle?k=${key}`, 3)).size).toBe(1);
  });

  test.skipIf(skips)("a server that failed is left out for fail_timeout", async () => {
    const tries: number[] = [];
    for (let index = 0; index < 5; index++)
      tries.push((await ask(port, { path: "/failing" })).headers["x-tries"]?.toString().split(", ").length ?? 0);
    expect(tries.filter((each) => each === 2).length).toBe(1);
    expect(tries.filter((each) => each === 1).length).toBe(4);
  });

  test.skipIf(skips)("log lines, plain and JSON, and only where the condition holds", async () => {
    await ask(port, { path: "/logged/x?q=%22", headers: { "User-Agent": 'a "b" ü' } });
    await ask(port, { path: "/json", headers: { "User-Agent": 'a "b"\\' } });
    await ask(port, { path: "/errors-only/x" });
    await ask(port, { path: "/json?last", headers: { "User-Agent": "" } });
    const lines = await eventually(() => {
      const all = readFileSync(log, "utf8").trim().split("\n");
      return all.length >= 3 ? all : undefined;
    });
    expect(lines[0]).toMatch(
      /^127\.0\.0\.1 "GET \/logged\/x\?q=%22 HTTP\/1\.1" 404 \d+ %22 \[a \\x22b\\x22 \\x[A-F0-9]{2}(\\x[A-F0-9]{2})?\] 404$/,
    );
    expect(lines.slice(1)).toEqual([
      '{"request":"GET /json HTTP/1.1","agent":"a \\"b\\"\\\\","status":200,"upstream":""}',
      '{"request":"GET /json?last HTTP/1.1","agent":"","status":200,"upstream":""}',
    ]);
  });
});
