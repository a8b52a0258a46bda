import type { PublishedPort, Service } from "@drydock/core";
import { expect, it } from "vitest";
import { claimKey, portClaims, portOverride } from "./port-claims.ts";

const serviceWith = (...ports: readonly PublishedPort[]): Service => ({
  name: "web",
  environment: {},
  dependencies: [],
  ports,
  expose: [],
  mounts: [],
  replicas: 1,
  restart: { kind: "no" },
  stopSignal: "SIGTERM",
  stopGracePeriodMs: 10_000,
  profiles: [],
  watch: [],
  dev: { pin: false },
  definition: {},
});

it("claims fixed ports only", () => {
  const service = serviceWith(
    { target: 80, published: "8080", protocol: "tcp" },
    { target: 81, protocol: "tcp" },
    { target: 82, published: "8000-8010", protocol: "tcp" },
    { target: 83, published: "0", protocol: "tcp" },
  );
  expect(portClaims(service).map(claimKey)).toEqual(["web :8080:80/tcp"]);
});

it("replaces the ports that moved and repeats the others, since the whole list is overridden", () => {
  const service = serviceWith(
    { target: 80, published: "8080", protocol: "tcp" },
    { target: 443, published: "8443", hostIp: "127.0.0.1", protocol: "tcp" },
    { target: 53, published: "5300-5310", protocol: "udp" },
    { target: 9000, protocol: "tcp" },
  );
  expect(portOverride([service], new Map([["web :8080:80/tcp", 8081]]))).toBe(
    `# Generated: host ports that were taken, and those that are used instead.
services:
  "web":
    ports: !override
      - target: 80
        published: "8081"
        protocol: tcp
      - target: 443
        published: "8443"
        host_ip: "127.0.0.1"
        protocol: tcp
      - target: 53
        published: "5300-5310"
        protocol: udp
      - target: 9000
        protocol: tcp
`,
  );
});
