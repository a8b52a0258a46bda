import type { Service } from "@drydock/core";
import { publishedPorts } from "./container-ports.ts";
import type { PortAnswer } from "./free-port.ts";

/** What decides the port of one instance on this machine. */
export interface PortWish {
  readonly service: Service;
  /** From 1. */
  readonly number: number;
  readonly target: number;
  /** What it had the last time in this checkout. */
  readonly last: number | undefined;
}

/** The machine, as far as ports go. */
export interface PortMarket {
  ask(port: number): Promise<PortAnswer>;
  findFree(): Promise<number>;
  /** Given to another instance of this stack, whether it runs or not. */
  isGiven(port: number): boolean;
}

/** The port that was given, and the one that was asked for when it is another. */
export interface GivenPort {
  readonly port: number;
  /** The published port that could not be had, and why. */
  readonly instead?: { readonly port: number; readonly why: "taken" | "forbidden" };
}

/**
 * Chooses a port: the published one; else the one of the last time; else the container's own where it needs no privilege and
 * there is one instance; else a free one. A pinned service gets its published port or nothing: then the answer is "taken".
 */
export async function assignPort(wish: PortWish, market: PortMarket): Promise<GivenPort | "taken"> {
  const { service, target, last } = wish;
  const { free, refused } = await publishedPort(wish, market);
  if (free !== undefined) return { port: free };
  if (refused && service.dev.pin) return "taken";
  const port = await secondChoice(last, ownPorts(target, service.replicas, refused?.why), market);
  return refused ? { port, instead: refused } : { port };
}

/** The first published port that is free; else the first one and why it cannot be had. */
async function publishedPort({ service, number, target }: PortWish, market: PortMarket) {
  const all = publishedPorts(service, target);
  // One published port of several replicas belongs to the first.
  const candidates = all.length === 1 && number > 1 ? [] : all;
  let refused: GivenPort["instead"];
  for (const port of candidates) {
    const answer = market.isGiven(port) ? "taken" : await market.ask(port);
    if (answer === "free") return { free: port };
    refused ??= { port, why: answer };
  }
  return { refused };
}

/** The container's own port; 8080 and the like for a privileged one. */
function ownPorts(target: number, replicas: number, refusal: PortAnswer | undefined): readonly number[] {
  if (replicas > 1) return [];
  if (target >= 1024) return [target];
  return refusal === "forbidden" || target === 80 || target === 443 ? [target === 443 ? 8443 : 8000 + target] : [];
}

async function secondChoice(last: number | undefined, own: readonly number[], market: PortMarket): Promise<number> {
  for (const port of last === undefined ? own : [last, ...own]) {
    if (!market.isGiven(port) && (await market.ask(port)) === "free") return port;
  }
  return anyPort(undefined, market);
}

/** A port that nobody has: this one, where it is free. */
export async function anyPort(wanted: number | undefined, market: PortMarket): Promise<number> {
  if (wanted !== undefined && !market.isGiven(wanted) && (await market.ask(wanted)) === "free") return wanted;
  for (;;) {
    const port = await market.findFree();
    if (!market.isGiven(port)) return port;
  }
}
