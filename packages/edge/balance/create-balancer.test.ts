import type { Balance, Peer } from "@drydock/nginx";
import { expect, test } from "vitest";
import { createBalancer } from "./create-balancer.ts";
import type { PeerState } from "./peer-state.ts";

function peer(address: string, more: Partial<Peer> = {}): Peer {
  return {
    address,
    host: address,
    port: 80,
    weight: 1,
    maxFails: 1,
    failTimeoutMs: 10_000,
    maxConnections: 0,
    isBackup: false,
    isDown: false,
    ...more,
  };
}

function balancer(balance: Balance, ...peers: readonly Peer[]) {
  return createBalancer({
    name: "u",
    peers,
    balance,
    keepalive: 0,
    keepaliveTimeoutMs: 60_000,
    keepaliveRequests: 1000,
  });
}

const turns: Balance = { kind: "round-robin" };
const ask = (key = "", tried: ReadonlySet<PeerState> = new Set()) => ({
  lookup: () => key,
  address: "192.0.2.7",
  tried,
});

test("a server that has all the connections it may have is passed over", () => {
  const two = balancer(turns, peer("a", { maxConnections: 1 }), peer("b"));
  const names = Array.from({ length: 4 }, () => two.next(ask())?.peer.address);
  expect(names).toEqual(["a", "b", "b", "b"]);
});

test("least_conn follows what is under way, by weight", () => {
  const two = balancer({ kind: "least-connections" }, peer("a", { weight: 3 }), peer("b"));
  const names = Array.from({ length: 8 }, () => two.next(ask())?.peer.address ?? "");
  expect(names.filter((each) => each === "a").length).toBe(6);
});

test("a server that was tried is not asked again, then the backup is, then nobody", () => {
  const three = balancer(turns, peer("a"), peer("b", { isBackup: true }), peer("c", { isDown: true }));
  const tried = new Set<PeerState>();
  const names = Array.from({ length: 3 }, () => {
    const state = three.next(ask("", tried));
    if (state) tried.add(state);
    return state?.peer.address;
  });
  expect(names).toEqual(["a", "b", undefined]);
  expect(three.tries).toBe(2);
});

test("a server that failed is left out, one that is alone never", () => {
  const two = balancer(turns, peer("a"), peer("b"));
  two.next(ask())?.end(true, performance.now());
  expect(Array.from({ length: 3 }, () => two.next(ask())?.peer.address)).toEqual(["b", "b", "b"]);
  const one = balancer(turns, peer("a"));
  one.next(ask())?.end(true, performance.now());
  expect(one.next(ask())?.peer.address).toBe("a");
});

test("when a server goes, a consistent hash moves only its keys", () => {
  const names = ["a", "b", "c", "d"];
  const balance: Balance = {
    kind: "hash",
    isConsistent: true,
    key: { names: ["k"], constant: undefined, evaluate: (lookup) => lookup("k") ?? "" },
  };
  const all = balancer(balance, ...names.map((name) => peer(name)));
  const fewer = balancer(balance, ...names.map((name) => peer(name, { isDown: name === "d" })));
  const keys = Array.from({ length: 400 }, (_, index) => `key ${index}`);
  const moved = keys.filter((key) => all.next(ask(key))?.peer.address !== fewer.next(ask(key))?.peer.address);
  expect(moved.every((key) => all.next(ask(key))?.peer.address === "d")).toBe(true);
  expect(moved.length).toBeGreaterThan(40);
  expect(moved.length).toBeLessThan(180);
});
