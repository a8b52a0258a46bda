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
  const { service, number, target, last } = wish;
  const all = publishedPorts(service, target);
  const published = service.replicas > 1 && all.length === 1 && number > 1 ? undefined : (all[number - 1] ?? all[0]);
  const answer = published === undefined ? "free" : market.isGiven(published) ? "taken" : await market.ask(published);
  if (published !== undefined) {
    if (answer === "free") return { port: published };
    if (service.dev.pin) return "taken";
  }
  const port = await secondChoice(last, ownPorts(target, service.replicas, answer), market);
  return published === undefined || answer === "free" ? { port } : { port, instead: { port: published, why: answer } };
}

/** The container's own port; 8080 and the like for a privileged one. */
function ownPorts(target: number, replicas: number, answer: PortAnswer): readonly number[] {
  if (replicas > 1) return [];
  if (target >= 1024) return [target];
  return answer === "forbidden" || target === 80 || target === 443 ? [target === 443 ? 8443 : 8000 + target] : [];
}

async function secondChoice(last: number | undefined, own: readonly number[], market: PortMarket): Promise<number> {
  for (const port of last === undefined ? own : [last, ...own]) {
    if (!market.isGiven(port) && (await market.ask(port)) === "free") return port;
  }
  for (;;) {
    const port = await market.findFree();
    if (!market.isGiven(port)) return port;
  }
}
