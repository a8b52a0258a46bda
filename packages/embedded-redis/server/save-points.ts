import type { Server } from "./command-context.ts";

/** A rule of the setting "save": a snapshot after so many seconds when there were so many changes. */
interface SavePoint {
  readonly seconds: number;
  readonly changes: number;
}

/** Reads "3600 1 300 100"; undefined when it is no list of pairs. */
export function parseSavePoints(text: string): readonly SavePoint[] | undefined {
  const words = text.split(" ").filter(Boolean);
  if (words.length % 2 !== 0 || words.some((word) => !/^\d{1,9}$/.test(word))) return undefined;
  const points: SavePoint[] = [];
  for (let i = 0; i < words.length; i += 2) points.push({ seconds: Number(words[i]), changes: Number(words[i + 1]) });
  return points;
}

const checkEveryMs = 1000;

/** Writes dump.rdb whenever a rule of "save" says so. Returns how to end it. */
export function startSavePoints(server: Server): () => void {
  const timer = setInterval(() => {
    const points = parseSavePoints(server.configuration.text("save")) ?? [];
    const changes = server.changes - server.keeper.changesAtSave;
    const elapsedMs = Date.now() - server.keeper.lastSaveAt;
    if (!points.some((point) => changes >= point.changes && elapsedMs >= point.seconds * 1000)) return;
    server.keeper.saveSlowly(server.changes);
  }, checkEveryMs).unref();
  return () => clearInterval(timer);
}
