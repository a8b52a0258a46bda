import { describe, expect, it } from "vitest";
import { devContainerFailed } from "./errors.ts";

const failure = (message: string, description = "An error occurred setting up the container.") => ({
  message,
  description,
});

describe("why a dev container did not come up", () => {
  it.each([
    ["Command failed: docker pull nosuch/img:1", [], "The image nosuch/img:1 is not here and could not be pulled."],
    ["getaddrinfo ENOTFOUND ghcr.io", [], "The dev container did not come up: ghcr.io cannot be reached."],
    [
      "Command failed: docker run -p 127.0.0.1:4011:4011",
      ["failed to bind host port for 127.0.0.1:4011:172.17.0.2:4011/tcp: address already in use"],
      "The dev container did not come up: port 4011, which it publishes, is taken.",
    ],
    [
      "Command failed: docker run -p 4011:4011",
      ["Bind for 0.0.0.0:4011 failed: port is already allocated"],
      "The dev container did not come up: port 4011, which it publishes, is taken.",
    ],
    ["Command failed: docker buildx build --load -f x", [], "The dev container's image could not be built."],
    ["ENOENT: no such file\nand more", [], "The dev container did not come up: ENOENT: no such file"],
  ])("%s", (message, said, words) => {
    expect(devContainerFailed(failure(message), said).message).toBe(words);
  });

  it("a command of the configuration that fails is named, and says whether there is a container to look at", () => {
    const words = "a of postCreateCommand from devcontainer.json failed.";
    const inside = devContainerFailed({ ...failure("Command failed: /bin/sh -c npm ci", words), containerId: "1f" }, [
      "no",
    ]);
    expect([inside.message, inside.evidence]).toEqual(["postCreateCommand failed: npm ci", ["no"]]);
    expect(inside.hint).toContain("The container runs");
    const outside = devContainerFailed(
      failure("Command failed: x", "initializeCommand from devcontainer.json failed."),
      [],
    );
    expect(outside.hint).toContain("on this machine");
  });
});
