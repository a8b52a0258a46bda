import { expect, it } from "vitest";
import { composeFailed, notReady, startFailed } from "./errors.ts";

it("recognises that Docker has no network left, and names the command that helps", () => {
  const said = "failed to create network shop_default: all predefined address pools have been fully subnetted";
  expect(composeFailed("create", [said])).toMatchObject({
    code: "NETWORKS_EXHAUSTED",
    hint: expect.stringContaining("docker network prune"),
    evidence: [said],
  });
});

it("passes on what Compose said otherwise", () => {
  expect(composeFailed("create", ["first", "last"])).toMatchObject({
    code: "COMPOSE_FAILED",
    message: "docker compose create failed: last",
    evidence: ["first", "last"],
  });
});

it("explains the engine's usual reasons not to start a container", () => {
  expect(startFailed("web", 'exec: "docker-init": executable file not found in $PATH').hint).toContain("`init: true`");
  expect(startFailed("web", 'exec: "nonesuch": executable file not found in $PATH').hint).toContain("not in the image");
});

it("names the service, not the replica, in the command that shows its log", () => {
  expect(notReady("api.2", "ended with exit 1", [], undefined).hint).toBe("`dev logs api` shows all that it wrote.");
});
