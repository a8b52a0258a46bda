import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { ownsPort } from "./own-port.ts";

const listen =
  'require("net").createServer().listen(0, "127.0.0.1", function () { console.log(this.address().port); });';

test("a port belongs to the group whose process listens on it", async () => {
  const servers = [0, 1].map(() =>
    spawn(process.execPath, ["-e", listen], { detached: true, stdio: ["ignore", "pipe", "ignore"] }),
  );
  try {
    const ports = await Promise.all(servers.map(async ({ stdout }) => Number(String((await once(stdout, "data"))[0]))));
    const [one = 0, other = 0] = servers.map(({ pid }) => pid ?? 0);
    const [port = 0] = ports;
    expect([await ownsPort(one, port), await ownsPort(other, port)]).toEqual([true, false]);
  } finally {
    for (const server of servers) {
      server.kill("SIGKILL");
      await once(server, "close");
    }
  }
});
