import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { currentContext, dockerConfigFolder, readContext } from "./docker-contexts.ts";

const idOf = (name: string) => createHash("sha256").update(name).digest("hex");
const filesOf = (files: Readonly<Record<string, string>>) => (path: string) => files[path];
const meta = (name: string, endpoint: object) => ({
  [`/d/contexts/meta/${idOf(name)}/meta.json`]: JSON.stringify({ Name: name, Endpoints: { docker: endpoint } }),
});

it("takes DOCKER_CONFIG as the folder, else ~/.docker", () => {
  expect(dockerConfigFolder({ DOCKER_CONFIG: "/etc/mine" }, "/home/ada")).toBe("/etc/mine");
  expect(dockerConfigFolder({}, "/home/ada")).toBe("/home/ada/.docker");
});

it("reads the current context, which is none where it is the default, missing or broken", () => {
  const read = (text: string) => currentContext("/d", filesOf({ "/d/config.json": text }));
  expect(read('{"currentContext":"colima"}')).toBe("colima");
  expect(read('{"currentContext":"default"}')).toBeUndefined();
  expect(read("{ not json")).toBeUndefined();
  expect(currentContext("/d", filesOf({}))).toBeUndefined();
});

it("finds a context's address by the hash of its name", () => {
  const files = meta("colima", { Host: "unix:///home/ada/.colima/default/docker.sock", SkipTLSVerify: false });
  expect(readContext("colima", "/d", filesOf(files))).toEqual({ url: "unix:///home/ada/.colima/default/docker.sock" });
  expect(readContext("other", "/d", filesOf(files))).toBeUndefined();
});

it("reads a context's TLS material, and that its certificate is not to be checked", () => {
  const files = {
    ...meta("far", { Host: "tcp://far:2376", SkipTLSVerify: true }),
    [`/d/contexts/tls/${idOf("far")}/docker/ca.pem`]: "CA",
    [`/d/contexts/tls/${idOf("far")}/docker/key.pem`]: "KEY",
  };
  expect(readContext("far", "/d", filesOf(files))).toEqual({
    url: "tcp://far:2376",
    tls: { ca: "CA", key: "KEY", isUnverified: true },
  });
});
