import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { type CandidateInput, dockerCandidates } from "./docker-candidates.ts";

const id = createHash("sha256").update("colima").digest("hex");
const files: Readonly<Record<string, string>> = {
  "/home/ada/.docker/config.json": '{"currentContext":"colima"}',
  [`/home/ada/.docker/contexts/meta/${id}/meta.json`]: '{"Endpoints":{"docker":{"Host":"unix:///colima.sock"}}}',
  "/certs/ca.pem": "CA",
};
const input = (more: Partial<CandidateInput>): CandidateInput => ({
  variables: {},
  home: "/home/ada",
  platform: "linux",
  userId: 1000,
  read: (path) => files[path],
  ...more,
});
const urls = (more: Partial<CandidateInput>) => dockerCandidates(input(more)).map(({ host }) => host.url);

it("takes DOCKER_HOST as an order and looks nowhere else", () => {
  expect(urls({ variables: { DOCKER_HOST: "ssh://me@build" } })).toEqual(["ssh://me@build"]);
  expect(urls({ variables: { DOCKER_HOST: "10.0.0.5:2375" } })).toEqual(["tcp://10.0.0.5:2375"]);
});

it("reads the certificates of DOCKER_CERT_PATH when DOCKER_TLS_VERIFY is set", () => {
  const variables = { DOCKER_HOST: "tcp://far:2376", DOCKER_TLS_VERIFY: "1", DOCKER_CERT_PATH: "/certs" };
  expect(dockerCandidates(input({ variables }))[0]?.host.tls).toEqual({ ca: "CA", isUnverified: false });
});

it("takes DOCKER_CONTEXT as an order, and says so when there is no such context", () => {
  const known = dockerCandidates(input({ variables: { DOCKER_CONTEXT: "colima" } }));
  expect(known).toEqual([
    { source: 'DOCKER_CONTEXT "colima"', host: { url: "unix:///colima.sock" }, context: "colima" },
  ]);
  expect(urls({ variables: { DOCKER_CONTEXT: "gone" } })).toEqual([""]);
});

it("tries the current context first and then the known sockets", () => {
  const found = urls({});
  expect(found[0]).toBe("unix:///colima.sock");
  expect(found.slice(1)).toEqual([
    "unix:///var/run/docker.sock",
    "unix:///run/user/1000/docker.sock",
    "unix:///home/ada/.docker/run/docker.sock",
    "unix:///home/ada/.docker/desktop/docker.sock",
    "unix:///home/ada/.orbstack/run/docker.sock",
    "unix:///home/ada/.colima/default/docker.sock",
    "unix:///home/ada/.config/colima/default/docker.sock",
    "unix:///home/ada/.rd/docker.sock",
    "unix:///run/user/1000/podman/podman.sock",
    "unix:///run/podman/podman.sock",
    "unix:///home/ada/.local/share/containers/podman/machine/podman.sock",
  ]);
});

it("leaves the current context out when DOCKER_CONTEXT asks for the default", () => {
  expect(urls({ variables: { DOCKER_CONTEXT: "default" } })[0]).toBe("unix:///var/run/docker.sock");
});

it("tries named pipes on Windows", () => {
  expect(urls({ platform: "win32", read: () => undefined })[0]).toBe("npipe:////./pipe/docker_engine");
});
