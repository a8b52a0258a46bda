import { expect, it } from "vitest";
import { stateFolder } from "../state-folder.ts";
import { isInDevContainer } from "./inside.ts";

const nothing = () => false;

it("A dev container is known by what its maker leaves in it, or by what an editor says", () => {
  expect(isInDevContainer({}, nothing)).toBe(false);
  expect(isInDevContainer({}, (path) => path === "/var/devcontainer")).toBe(true);
  expect(isInDevContainer({ REMOTE_CONTAINERS: "true" }, nothing)).toBe(true);
  expect(isInDevContainer({ CODESPACES: "true" }, nothing)).toBe(true);
});

it("A stack in a dev container and one outside share their folder, and no state", () => {
  expect(stateFolder("/shop", undefined, false).directory).toBe("/shop/.dev");
  expect(stateFolder("/shop", undefined, true).directory).toBe("/shop/.dev/in-container");
  expect(stateFolder("/shop", "other", true).directory).toBe("/shop/.dev/in-container/projects/other");
});
