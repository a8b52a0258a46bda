import type { LogEvent } from "@drydock/core";
import { expect, test } from "vitest";
import { everyLine } from "./log-filter.ts";
import { heldLines, keptLines, LogStore } from "./log-store.ts";

const line = (service: string, at: number, text: string): LogEvent => ({
  kind: "log",
  at,
  service,
  number: 1,
  stream: "stdout",
  text,
});
const shown = (store: LogStore): readonly string[] => [...store.shown.entries()].map((each) => each.text);

test("the log of one service and the log of all are shown in the order of arrival", () => {
  const store = new LogStore();
  for (const each of [line("api", 1, "a"), line("web", 2, "b"), line("api", 3, "c")]) store.push(each);
  expect(shown(store)).toEqual(["a", "b", "c"]);
  store.show({ ...everyLine, service: "api" });
  expect(shown(store)).toEqual(["a", "c"]);
  store.push(line("web", 4, "d"));
  store.push(line("api", 5, "e"));
  expect(shown(store)).toEqual(["a", "c", "e"]);
});

test("a level hides what is less grave; a line that tells none counts as info", () => {
  const store = new LogStore();
  for (const text of ['{"level":"debug","msg":"d"}', "plain", "WARN w", "Error: e"]) store.push(line("api", 1, text));
  store.show({ ...everyLine, level: "info" });
  expect(shown(store)).toEqual(["plain", "WARN w", "Error: e"]);
  store.show({ ...everyLine, level: "error" });
  expect(shown(store)).toEqual(["Error: e"]);
});

test("a text filter looks at what is shown and at what was written; capitals count only when typed", () => {
  const store = new LogStore();
  for (const text of ['{"level":"info","msg":"Order placed","id":7}', '{"msg":"x"}', "order (done)"])
    store.push(line("api", 1, text));
  store.show({ ...everyLine, text: "order" });
  expect(shown(store)).toHaveLength(2);
  store.show({ ...everyLine, text: "id=7" });
  expect(shown(store)).toHaveLength(1);
  store.show({ ...everyLine, text: "(done)" });
  expect(shown(store)).toEqual(["order (done)"]);
  store.show({ ...everyLine, text: "Order" });
  expect(shown(store)).toHaveLength(1);
});

test("a service that floods does not push out the lines of another", () => {
  const store = new LogStore();
  store.push(line("web", 1, "kept"));
  for (let at = 2; at < keptLines.lines * 3; at++) store.push(line("worker", at, "flood"));
  store.show({ ...everyLine, service: "web" });
  expect(shown(store)).toEqual(["kept"]);
});

test("while held nothing goes; what there is no room for is counted and told when let go", () => {
  const store = new LogStore();
  store.push(line("api", 1, "first"));
  store.hold(true);
  for (let at = 2; at <= heldLines.lines + 10; at++) store.push(line("api", at, "more"));
  expect(store.shown.at(0)?.text).toBe("first");
  expect(store.withheld).toBe(10);
  store.hold(false);
  expect(store.shown.length).toBe(keptLines.lines);
  expect(shown(store).at(-1)).toBe("10 lines went by meanwhile (dev logs has them)");
});

test("stored lines go before those kept, sorted by time over services, and none twice", () => {
  const store = new LogStore();
  store.push(line("api", 100, "api 100"));
  store.push(line("web", 101, "web 101"));
  const older = [line("api", 50, "api 50"), line("api", 90, "api 90"), line("api", 100, "api 100")];
  expect(store.prepend([...older, line("web", 70, "web 70"), line("web", 101, "web 101")])).toBe(3);
  expect(shown(store)).toEqual(["api 50", "web 70", "api 90", "api 100", "web 101"]);
  expect(store.prepend([line("api", 50, "api 50")])).toBe(0);
  expect(store.prepend([line("api", 49, "api 49"), line("api", 50, "before"), line("api", 50, "api 50")])).toBe(2);
  expect(shown(store).slice(0, 3)).toEqual(["api 49", "before", "api 50"]);
});

test("lines that were not sent are told between those that were; beside a quiet service a flood of another is one line", () => {
  const store = new LogStore();
  store.push(line("api", 1, "quiet"));
  for (let time = 2; time < 5; time++) {
    store.skip(time, 1_000);
    store.push(line("web", time, "flood"));
  }
  store.skip(9, 1);
  const spared = (lines: string) => `${lines} not sent here (dev logs has them)`;
  const each = [spared("1,000 lines were"), "flood"];
  expect(shown(store)).toEqual(["quiet", ...each, ...each, ...each, spared("1 line was")]);
  store.show({ ...everyLine, service: "api" });
  expect(shown(store)).toEqual(["quiet", spared("3,001 lines were")]);
  store.skip(10, 2);
  expect(shown(store)).toEqual(["quiet", spared("3,003 lines were")]);
  store.push(line("api", 11, "again"));
  expect(shown(store)).toEqual(["quiet", spared("3,003 lines were"), "again"]);
  store.show(everyLine);
  expect(shown(store)).toHaveLength(9);
});
