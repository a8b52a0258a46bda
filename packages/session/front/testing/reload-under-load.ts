import type { FrontSite } from "@drydock/nginx";
import { eventually } from "@drydock/testing";
import { type BackEnd, startBackEnd } from "./back-end.ts";
import { type FrontOnStage, putFrontOnStage, type StagedServer } from "./front-on-stage.ts";
import { load } from "./load.ts";
import type { Seen } from "./seen.ts";
import { siteTo } from "./site-to.ts";

/** What is done to a front while clients ask. */
export interface Ordeal {
  readonly server: StagedServer;
  /** With the nginx to be taken on PATH. */
  readonly variables: Readonly<Record<string, string>>;
  readonly reloads: number;
  readonly clients: number;
  /** Who load pages over HTTP/2. */
  readonly browsers: number;
  readonly webSockets: number;
  /** Old back ends are killed at once, and not when nothing leads to them any more. */
  readonly killsAtOnce: boolean;
}

/** What came of it. */
export interface Outcome extends Seen {
  readonly software: string;
  readonly seconds: number;
}

/** Reloads a real front with changing back ends, and half way with a new certificate, while clients ask; nothing is left of it afterwards. */
export async function reloadUnderLoad(ordeal: Ordeal): Promise<Outcome> {
  const front = await putFrontOnStage(ordeal.server, ordeal.variables);
  const backEnds = new Set<BackEnd>();
  try {
    return await run(ordeal, front, backEnds);
  } finally {
    await front.close();
    await Promise.all([...backEnds].map((each) => each.kill()));
  }
}

async function run(
  { reloads, clients, browsers, webSockets, killsAtOnce }: Ordeal,
  front: FrontOnStage,
  backEnds: Set<BackEnd>,
): Promise<Outcome> {
  const startedAt = performance.now();
  const begin = async (name: string): Promise<BackEnd> => {
    const backEnd = await startBackEnd(name);
    backEnds.add(backEnd);
    return backEnd;
  };
  const sites = (servers: readonly BackEnd[]): readonly FrontSite[] => [siteTo(front.host, servers)];
  let current = [await begin("0a"), await begin("0b")];
  const port = await front.show({ sites: sites(current) });
  let isOver = false;
  let seen: Seen | undefined;
  const target = { host: front.host, port, authorityPem: await front.authorityPem() };
  const loading = load(
    target,
    { clients, browsers, webSockets },
    () => isOver,
    (begun) => {
      seen = begun;
    },
  );
  const stopped: Promise<unknown>[] = [];
  try {
    for (let reload = 1; reload <= reloads; reload++) {
      const before = current;
      current = [await begin(`${reload}a`), await begin(`${reload}b`)];
      if (reload === Math.ceil(reloads / 2)) await front.renew();
      await front.show({ sites: sites(current) });
      const end = () => Promise.all(before.map((each) => each.kill()));
      stopped.push(killsAtOnce ? end() : front.server.drained().then(end));
      const answered = seen?.answered ?? 0;
      await eventually(() => (seen?.answered ?? 0) >= answered + 2 * clients, 30_000);
    }
    await Promise.all(stopped);
  } finally {
    isOver = true;
    await loading;
  }
  const seconds = (performance.now() - startedAt) / 1000;
  return { ...(await loading), software: front.server.software.name, seconds };
}
