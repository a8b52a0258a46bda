import { serializeError } from "@drydock/core";
import type { DataContext } from "./run-data-effect.ts";
import type { ScreenStore } from "./screen-store.ts";

/** Asks for the data, and tells the store. Never rejects. */
export async function dataInto(store: ScreenStore, { supervisor, source, signal }: DataContext): Promise<void> {
  try {
    const overview = await supervisor.data(source, signal);
    store.happen({ kind: "data", overview, error: undefined });
  } catch (error) {
    store.happen({ kind: "data", overview: undefined, error: serializeError(error) });
  }
}

/** Asks for the routes and certificates, and tells the store. Never rejects. */
export async function edgeInto(store: ScreenStore, { supervisor, source, signal }: DataContext): Promise<void> {
  try {
    const overview = await supervisor.edge(source, signal);
    store.happen({ kind: "edge", overview, error: undefined });
  } catch (error) {
    store.happen({ kind: "edge", overview: undefined, error: serializeError(error) });
  }
}

/** Asks for the backups, and tells the store. Never rejects. */
export async function backupsInto(store: ScreenStore, { supervisor, source, signal }: DataContext): Promise<void> {
  try {
    const list = await supervisor.backup({ source, act: "list", request: {} }, () => undefined, signal);
    store.happen({ kind: "backups", list, error: undefined });
  } catch (error) {
    store.happen({ kind: "backups", list: undefined, error: serializeError(error) });
  }
}
