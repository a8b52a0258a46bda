export { type LogSelection, LogStore } from "./log-store.ts";
