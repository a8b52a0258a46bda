import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { isFound } from "./docker-host.ts";
import { findDocker } from "./find-docker.ts";

let folder = "";
const servers: net.Server[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "drydock-find-"));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
  rmSync(folder, { recursive: true, force: true });
});

const find = (url: string) =>
  findDocker({ variables: { DOCKER_HOST: url }, home: folder, signal: AbortSignal.timeout(20_000) });

async function listen(server: net.Server, address: string | number): Promise<void> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(address, resolve));
}

const version = { Version: "28.0.1", ApiVersion: "1.48", Platform: { Name: "Docker Desktop 4.40" }, Components: [] };

it("finds an engine at a socket and reads what it is", async () => {
  const path = join(folder, "docker.sock");
  await listen(
    http.createServer((_, response) => response.end(JSON.stringify(version))),
    path,
  );
  const found = await find(`unix://${path}`);
  expect(found).toEqual({
    host: { url: `unix://${path}` },
    source: "DOCKER_HOST",
    version: "28.0.1",
    apiVersion: "1.48",
    product: "Docker Desktop",
    isDirect: false,
  });
});

it("says why each place does not answer: no socket, nobody listening, not an engine", async () => {
  const reason = async (url: string) => {
    const answer = await find(url);
    return isFound(answer) ? "found" : answer.tried[0]?.reason;
  };
  expect(await reason(`unix://${folder}/none.sock`)).toBe("no such socket");
  expect(await reason("tcp://127.0.0.1:1")).toBe("nothing listens there");
  const path = join(folder, "web.sock");
  await listen(
    http.createServer((_, response) => response.end("{}")),
    path,
  );
  expect(await reason(`unix://${path}`)).toBe("it is not a Docker engine");
  expect(await reason("not a url")).toMatch(/invalid url/i);
});

it("does not wait for an engine that hangs", async () => {
  const path = join(folder, "hangs.sock");
  await listen(
    net.createServer((socket) => socket.resume()),
    path,
  );
  const answer = await find(`unix://${path}`);
  expect(answer).toEqual({ tried: [{ source: "DOCKER_HOST", url: `unix://${path}`, reason: "no answer in 2 s" }] });
});

it("ends when its signal is aborted", async () => {
  const path = join(folder, "hangs.sock");
  await listen(
    net.createServer((socket) => socket.resume()),
    path,
  );
  const options = { variables: { DOCKER_HOST: `unix://${path}` }, home: folder };
  await expect(findDocker({ ...options, signal: AbortSignal.abort(new Error("enough")) })).rejects.toThrow("enough");
});

it("shows what ssh complained of when a login fails", async () => {
  writeFileSync(join(folder, "ssh"), '#!/bin/sh\necho "me@build: Permission denied (publickey)." >&2\nexit 255\n');
  chmodSync(join(folder, "ssh"), 0o755);
  vi.stubEnv("PATH", `${folder}:${process.env.PATH}`);
  const answer = await find("ssh://me@build");
  expect(isFound(answer) ? [] : answer.tried.map(({ reason }) => reason)).toEqual([
    "me@build: Permission denied (publickey).",
  ]);
});
