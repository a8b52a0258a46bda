import { openDatabaseKeeper, type TestDatabasesOptions } from "@drydock/session";
import { keeperVariable, optionsVariable } from "./vitest-variables.ts";

/** The global setup that `databases()` adds: once for each run of vitest, in its main process. What it returns ends the databases. */
export async function setup(): Promise<() => Promise<void>> {
  const options = JSON.parse(process.env[optionsVariable] ?? "{}") as TestDatabasesOptions;
  const keeper = await openDatabaseKeeper(options);
  process.env[keeperVariable] = keeper.address;
  return () => keeper.close();
}
