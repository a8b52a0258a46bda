import type { FsyncPolicy } from "../persistence/aof/append-log.ts";
import type { Client } from "./client.ts";
import { CommandContext } from "./command-context.ts";
import type { Effect } from "./effects.ts";
import { DataLoader } from "./load-data.ts";
import type { RedisServer } from "./redis-server.ts";
import { parseSavePoints, startSavePoints } from "./save-points.ts";
import { redisVersion } from "./version.ts";

/** Loads the data folder into the server, keeps its data there from then on, and lets CONFIG SET change how. Returns how to end its timer. @throws DevError, see `Persistence.open` */
export async function openData(server: RedisServer, folder: string, client: Client): Promise<() => void> {
  const { configuration, keeper } = server;
  const loader = new DataLoader(server, new CommandContext(server, client));
  const fsync = (): FsyncPolicy => readFsync(configuration.text("appendfsync"));
  keeper.open(
    {
      folder,
      isAppendOnly: configuration.isOn("appendonly"),
      fsync: fsync(),
      aux: { "redis-ver": redisVersion, "redis-bits": "64" },
      log: server.log,
    },
    loader,
  );
  try {
    await loader.finish();
  } catch (error) {
    await keeper.close(false);
    throw error;
  }
  configuration.fix("dir", folder);
  configuration.onChange("appendfsync", (value) => {
    keeper.files?.setFsync(readFsync(value));
    return undefined;
  });
  configuration.onChange("appendonly", (value) => keeper.setAppendOnly(value === "yes", fsync()));
  configuration.onChange("save", (value) =>
    parseSavePoints(value) === undefined ? "Invalid save parameters" : undefined,
  );
  keeper.needsSnapshots = () => configuration.isOn("stop-writes-on-bgsave-error") && configuration.text("save") !== "";
  server.persistenceInfo = () => describe(server);
  return startSavePoints(server);
}

const readFsync = (text: string): FsyncPolicy => (text === "always" || text === "no" ? text : "everysec");

/** Hands effects to the log, and rewrites it when it has grown too much. */
export function keepEffects({ keeper, configuration }: RedisServer, effects: readonly Effect[]): void {
  keeper.append(effects);
  const percentage = configuration.number("auto-aof-rewrite-percentage");
  if (keeper.isRewriteDue(percentage, configuration.number("auto-aof-rewrite-min-size"))) {
    keeper.rewrite();
  }
}

function describe({ keeper, changes }: RedisServer): readonly (readonly [name: string, value: string | number])[] {
  const isOn = keeper.files?.isAppendOnly === true;
  return [
    ["rdb_changes_since_last_save", changes - keeper.changesAtSave],
    ["rdb_bgsave_in_progress", keeper.background === "save" ? 1 : 0],
    ["rdb_last_save_time", Math.floor(keeper.lastSaveAt / 1000)],
    ["rdb_last_bgsave_status", keeper.saveProblem === undefined ? "ok" : "err"],
    ["rdb_saves", keeper.saves],
    ["aof_enabled", isOn ? 1 : 0],
    ["aof_rewrite_in_progress", keeper.background === "rewrite" ? 1 : 0],
    ["aof_rewrites", keeper.rewrites],
    ["aof_last_bgrewrite_status", keeper.rewriteProblem === undefined ? "ok" : "err"],
    ["aof_last_write_status", keeper.files?.problem === undefined ? "ok" : "err"],
    ...(isOn ? [["aof_current_size", keeper.files?.logSize ?? 0] as const] : []),
  ];
}
