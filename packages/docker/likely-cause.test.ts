import { expect, it } from "vitest";
import { likelyCause } from "./likely-cause.ts";
import { readContainer } from "./read-container.ts";

const container = (ExitCode: number, OOMKilled = false) =>
  readContainer({
    Id: "c1",
    Name: "/shop-web-1",
    Image: "sha256:1",
    State: { Status: "exited", ExitCode, OOMKilled, StartedAt: "", FinishedAt: "" },
    Config: { Image: "web" },
    HostConfig: {},
    NetworkSettings: {},
  });
const cause = (line: string, exitCode = 1) => likelyCause("web", container(exitCode), [line]);

it("names the package that is missing, whatever part of it was imported", () => {
  expect(cause("Error: Cannot find module 'express'")).toContain("npm install express");
  expect(cause("Cannot find package '@nestjs/core/x' imported from /app")).toContain("npm install @nestjs/core");
  expect(cause("Error: Cannot find module '/app/server.js'")).toBe("the file /app/server.js is not in the container.");
  expect(cause("ModuleNotFoundError: No module named 'flask'")).toContain("flask");
});

it("names the address that does not answer, and the host that is not known", () => {
  expect(cause("Error: connect ECONNREFUSED 172.18.0.2:27017")).toContain("172.18.0.2:27017 does not answer");
  expect(cause("getaddrinfo ENOTFOUND mongo")).toContain("mongo is not known");
});

it("reads exit codes and the engine's own word for memory", () => {
  expect(cause("", 127)).toContain("not in the image");
  expect(likelyCause("web", container(137, true), [])).toContain("mem_limit");
});

it("guesses nothing where nothing gives it away", () => {
  expect(cause("all is well")).toBeUndefined();
});
