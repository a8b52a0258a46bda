import { describe, expect, it } from "vitest";
import { outsideView } from "./find-outside-view.ts";
import type { ListedContainer } from "./listed-container.ts";

const container = (name: string, more: Partial<ListedContainer>): ListedContainer => ({
  id: `${name}0123456789ab`,
  name,
  labels: { "devcontainer.local_folder": "/home/me/shop" },
  status: "running",
  publishedPorts: [],
  mounts: [{ source: "/home/me/shop", target: "/workspaces/shop" }],
  networkMode: "bridge",
  ...more,
});

describe("a folder of a dev container, seen from the engine outside", () => {
  it("has another path there, and the container another network", () => {
    expect(outsideView([container("a", {})], "/workspaces/shop/app", "a01234567")).toEqual({
      container: "a",
      directory: "/home/me/shop/app",
      sharesNetwork: false,
    });
  });

  it("may have the same path and network", () => {
    const mounts = [{ source: "/home/me", target: "/home/me" }];
    expect(outsideView([container("a", { mounts, networkMode: "host" })], "/home/me/shop", "laptop")).toEqual({
      container: "a",
      directory: "/home/me/shop",
      sharesNetwork: true,
    });
  });

  it("has no path there where it lies in a volume", () => {
    const mounts = [{ source: undefined, target: "/workspaces" }];
    expect(outsideView([container("a", { mounts })], "/workspaces/shop", "x")?.directory).toBeUndefined();
  });

  it("is the one of this host name where several mount the like", () => {
    const other = container("b", { mounts: [{ source: "/home/me/shop2", target: "/workspaces/shop" }] });
    expect(outsideView([container("a", {}), other], "/workspaces/shop", "b012345")?.directory).toBe("/home/me/shop2");
  });

  it("is seen by nobody where no running dev container mounts it: the engine is inside, or elsewhere", () => {
    expect(outsideView([], "/workspaces/shop", "a")).toBeUndefined();
    expect(outsideView([container("a", { status: "exited" })], "/workspaces/shop", "a")).toBeUndefined();
    expect(outsideView([container("a", {})], "/workspaces/shopping", "a")).toBeUndefined();
  });
});
