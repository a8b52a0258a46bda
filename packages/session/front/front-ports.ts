import { join } from "node:path";
import type { Environment } from "@drydock/core";
import { type JsonState, jsonState } from "../json-state.ts";
import { noFrontPort } from "./errors.ts";

/** Where a front listens. */
export interface FrontPorts {
  readonly https: number;
  /** 80, where both usual ports could be had. */
  readonly http: number | undefined;
}

/** Whether a server of ours could listen on a port of this machine. */
export type AskPort = (port: number) => Promise<"free" | "taken" | "forbidden">;

const firstOther = 8443;
const lastOther = 8543;

/** The ports that this checkout had last time, in `front.json` of its state folder. */
export const frontPortsFile = (stateDirectory: string): JsonState<Partial<FrontPorts>> =>
  jsonState<Partial<FrontPorts>>(join(stateDirectory, "front.json"), {});

/**
 * The port of the last time, else 443, else the next free one from 8443 on; never one that the Compose files publish.
 * @throws DevError FRONT_PORTS
 */
export async function chooseFrontPorts(
  last: Partial<FrontPorts>,
  environment: Environment,
  ask: AskPort,
  refused: ReadonlySet<number>,
): Promise<FrontPorts> {
  const published = publishedPorts(environment);
  const isFree = async (port: number) =>
    !published.has(port) && !refused.has(port) && (await ask(port).catch(() => "taken")) === "free";
  const others = Array.from({ length: lastOther - firstOther + 1 }, (_, index) => firstOther + index);
  for (const port of [...(last.https === undefined ? [] : [last.https]), 443, ...others])
    if (await isFree(port)) return { https: port, http: port === 443 && (await isFree(80)) ? 80 : undefined };
  throw noFrontPort(firstOther, lastOther);
}

function publishedPorts({ services }: Environment): ReadonlySet<number> {
  const texts = services.flatMap(({ ports }) => ports.map(({ published = "" }) => published));
  return new Set(
    texts.flatMap((text) => {
      const [from = Number.NaN, to = from] = text.split("-").map(Number);
      return Array.from({ length: Math.max(0, to - from + 1) || 0 }, (_, index) => from + index);
    }),
  );
}
