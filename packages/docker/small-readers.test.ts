import { describe, expect, it } from "vitest";
import { readableLines, readComposeProgress } from "./compose-progress.ts";
import { readEvent } from "./event-feed.ts";
import { readVersion } from "./probe-host.ts";
import { readListeners } from "./probes/listening-ports.ts";
import { sshCommand } from "./ssh-agent.ts";
import { refusedPort } from "./start.ts";
import { readSample } from "./usage.ts";

describe("reading what others write", () => {
  it("reads the sockets that listen out of Linux's table", () => {
    const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:0BB8 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1 0000
   1: 00000000:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4712 1 0000
   2: 00000000:1F91 020012AC:D431 01 00000000:00000000 00:00000000 00000000     0        0 4713 1 0000
   3: 00000000000000000000000001000000:0050 00000000000000000000000000000000:0000 0A 0:0 00:0 0 0 0 4714 1`;
    expect(readListeners(table)).toEqual([
      { port: 3000, isLoopback: true, inode: "4711" },
      { port: 8080, isLoopback: false, inode: "4712" },
      { port: 80, isLoopback: true, inode: "4714" },
    ]);
  });

  it("reads an engine's event, with the exit code where there is one", () => {
    const line = JSON.stringify({
      Action: "die",
      Actor: { ID: "c1", Attributes: { exitCode: "137" } },
      timeNano: 1_795_323_400_123_456_000,
    });
    expect(readEvent(line)).toEqual({
      kind: "container",
      id: "c1",
      action: "die",
      exitCode: 137,
      since: 1795323400.123456,
    });
    expect(readEvent("")).toBeUndefined();
  });

  it("tells Docker, Docker Desktop, Podman and rootless engines apart", () => {
    const read = (Platform: string, ...names: readonly string[]) => {
      const Components = names.map((Name) => ({ Name }));
      const { product, isRootless } = readVersion({
        Version: "1",
        ApiVersion: "1.4",
        Platform: { Name: Platform },
        Components,
      });
      return `${product}${isRootless ? ", rootless" : ""}`;
    };
    expect(read("Docker Engine - Community", "Engine", "containerd")).toBe("Docker Engine");
    expect(read("Docker Engine - Community", "Engine", "rootlesskit")).toBe("Docker Engine, rootless");
    expect(read("Docker Desktop 4.40.0 (1)", "Engine")).toBe("Docker Desktop");
    expect(read("linux/amd64/debian-12", "Podman Engine")).toBe("Podman Engine");
  });

  it("reads Compose's progress lines, and leaves alone what is none", () => {
    expect(
      readComposeProgress('{"id":"abc","parent_id":"Image redis:8","text":"Downloading","current":5,"total":10}'),
    ).toEqual({
      id: "Image redis:8 abc",
      text: "Downloading",
      done: 5,
      total: 10,
      isError: false,
    });
    expect(readComposeProgress("level=warning")).toEqual({ id: "", text: "level=warning", isError: false });
    expect(readableLines(['{"error":true,"message":"no such host"}', ""])).toEqual(["no such host"]);
  });

  it("builds the ssh command line of the docker CLI, without a question and without a shell", () => {
    expect(sshCommand("ssh://ada@build:2222").slice(5).join(" ")).toBe(
      "-l ada -p 2222 -T -- build docker system dial-stdio",
    );
    expect(sshCommand("ssh://build/run/podman.sock").slice(5).join(" ")).toBe(
      "-T -- build docker --host unix:///run/podman.sock system dial-stdio",
    );
  });

  it("finds the port in the engine's refusals", () => {
    expect(refusedPort("Bind for 0.0.0.0:8080 failed: port is already allocated")).toBe(8080);
    expect(refusedPort("failed to bind host port for 127.0.0.1:8081:172.18.0.2:80/tcp: address already in use")).toBe(
      8081,
    );
    expect(refusedPort("listen tcp6 [::]:8082: bind: address already in use")).toBe(8082);
    expect(refusedPort("something else")).toBe(0);
  });

  it("takes the droppable page cache off the memory, as the docker CLI does", () => {
    const stats = { cpu_stats: { cpu_usage: { total_usage: 5 } }, read: "2026-11-25T10:00:00Z" };
    const memory = (name: string) => ({ ...stats, memory_stats: { usage: 100, stats: { [name]: 30 } } });
    expect(readSample(memory("inactive_file"))?.memoryBytes).toBe(70);
    expect(readSample(memory("total_inactive_file"))?.memoryBytes).toBe(70);
    expect(readSample({ ...stats, memory_stats: {} })).toBeUndefined();
    expect(readSample(undefined)).toBeUndefined();
  });
});
