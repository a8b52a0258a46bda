import { type DevEvent, instanceLabel } from "@drydock/core";
import { entryText } from "../logs/entry-text.ts";
import type { LogEntry } from "../logs/log-buffer.ts";
import { logLayoutOf } from "../state/layout.ts";
import { cellWidth } from "../text/fit-text.ts";
import { neutralise } from "../text/neutralise.ts";
import type { ScreenStore } from "./screen-store.ts";

// What is printed of the past on entering: enough to scroll through and copy.
const pastLines = 500;

/**
 * Prints the log as plain lines, from its last 500 on, until it is stopped by the returned function; the terminal's own scrolling, search and
 * copying work on them. When the terminal is slower than the log, lines are left out and counted, never piled up.
 */
export function printPlainStream(store: ScreenStore, stdout: NodeJS.WriteStream): () => void {
  const { shown } = store.state.logs;
  let leftOut = 0;
  const print = (entry: LogEntry): void => {
    if (stdout.writableNeedDrain) {
      leftOut += 1;
      return;
    }
    if (leftOut > 0) {
      stdout.write(`(${leftOut.toLocaleString("en")} lines left out: the terminal was busy; dev logs has them)\n`);
      leftOut = 0;
    }
    stdout.write(`${plainLine(entry, store)}\n`);
  };
  for (let index = Math.max(0, shown.length - pastLines); index < shown.length; index++) {
    const entry = shown.at(index);
    if (entry) print(entry);
  }
  return store.onLogLine(print);
}

/** `api.1   14:02:12.031  POST /api/orders 201` */
function plainLine(entry: LogEntry, store: ScreenStore): string {
  const services = store.state.session?.services ?? [];
  const nameWidth = Math.max(
    4,
    ...services.map(({ name, replicas }) => cellWidth(instanceLabel(name, replicas, replicas))),
  );
  const name = entry.service === "" ? "" : neutralise(logLayoutOf(store.state).nameOf(entry));
  const text = entry.text.length > 2_000 ? neutralise(entry.text) : entryText(entry);
  const line = `${name}${" ".repeat(Math.max(0, nameWidth - cellWidth(name)))}  ${clockTime(entry.at)}  ${text}`;
  return store.state.glyphs.isUtf8 ? line : line.replace(/[^\x20-\x7e]/gu, "?");
}

/** What became of an instance, as a plain line; undefined for events that say nothing of one. */
export function plainState(event: DevEvent, store: ScreenStore): string | undefined {
  if (event.kind !== "instance") return undefined;
  const { service, number, state, reason } = event.instance;
  const replicas = store.state.session?.services.find((each) => each.name === service)?.replicas ?? 1;
  const why = reason === "" || reason === state ? "" : `: ${neutralise(reason)}`;
  return `${neutralise(instanceLabel(service, number, replicas))}  ${clockTime(event.at)}  is ${state}${why}`;
}

/** `14:02:12.031`, in this machine's zone. */
function clockTime(at: number): string {
  const date = new Date(at);
  const [hours, minutes, seconds] = [date.getHours(), date.getMinutes(), date.getSeconds()].map((each) =>
    String(each).padStart(2, "0"),
  );
  return `${hours}:${minutes}:${seconds}.${String(date.getMilliseconds()).padStart(3, "0")}`;
}
