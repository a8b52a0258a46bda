import type { Environment, Service } from "@drydock/core";
import { testService } from "@drydock/testing";
import { expect, it } from "vitest";
import { describeStack } from "./describe-stack.ts";

const environment = (services: readonly Service[]): Environment => ({
  project: "shop",
  directory: "/shop",
  files: ["/shop/compose.yml"],
  profiles: [],
  envFiles: [],
  services,
  networks: [],
  volumes: [],
});
const build = (context: string) => ({ context, dockerfile: "Dockerfile" });
const port = (target: number, published?: string, protocol: "tcp" | "udp" = "tcp") => ({
  target,
  protocol,
  ...(published === undefined ? {} : { published }),
});

it("A dev container for a stack forwards what is published by a number, and the front, and installs each folder by its own manager", () => {
  const services = [
    testService({ name: "web", build: build("/shop/web"), ports: [port(3000, "8080"), port(9229, "9229")] }),
    testService({
      name: "api",
      build: build("/shop/web"),
      ports: [port(3000), port(3001, "8000-8010"), port(53, "53", "udp")],
    }),
    testService({ name: "docs", build: build("/elsewhere"), ports: [port(80, "8080")] }),
    testService({ name: "postgres", image: "postgres:17", ports: [port(5432, "5432")] }),
  ];
  const files = [
    "/shop/package.json",
    "/shop/web/package.json",
    "/shop/web/package-lock.json",
    "/elsewhere/package.json",
  ];
  expect(describeStack(environment(services), (path) => files.includes(path))).toEqual({
    name: "shop",
    installs: { project: "npm install", web: "npm ci --prefix web" },
    ports: [
      { port: 8080, label: "web", protocol: "http" },
      { port: 9229, label: "web" },
      { port: 5432, label: "postgres" },
      { port: 443, label: "https://shop.localhost", protocol: "https" },
    ],
  });
});

it("A stack of databases has no front", () => {
  const services = [testService({ name: "redis", image: "redis:8", ports: [port(6379, "6379")] })];
  expect(describeStack(environment(services), () => false)).toEqual({
    name: "shop",
    installs: {},
    ports: [{ port: 6379, label: "redis" }],
  });
});
