import { askKeeper } from "@drydock/session";
import { keeperVariable } from "./vitest-variables.ts";

// The setup file that `databases()` adds: before each test file, in its worker. Files that share a worker come one after the other.
const { [keeperVariable]: address, VITEST_POOL_ID: worker = "1" } = process.env;
if (address !== undefined) Object.assign(process.env, await askKeeper(address, worker));
