import type { EditEvent, WebRequest } from "@drydock/core";
import { expect, test } from "vitest";
import { ScriptedState } from "../fixtures/scripted-state.ts";
import { dashboardModel } from "../model/dashboard-model.ts";
import { lineText } from "../text/line.ts";
import { editKey } from "./with-requests.ts";

const open = () => new ScriptedState({ columns: 80, rows: 24 }).play("healthy").know().request().press("3");
const rows = (scripted: ScriptedState): readonly string[] =>
  dashboardModel(scripted.state).panes[0]?.lines.map((line) => lineText(line).trimEnd()) ?? [];
const chosen = (scripted: ScriptedState) => rows(scripted).find((row) => row.startsWith("▸"));

test("the newest request is under the cursor, until one goes to an older one: then nothing moves", () => {
  const scripted = open();
  expect(chosen(scripted)).toContain("GET  /api/events");
  scripted.press("j", "j");
  const [before, at] = [chosen(scripted), rows(scripted).findIndex((row) => row.startsWith("▸"))];
  scripted.request();
  expect(chosen(scripted)).toBe(before);
  expect(rows(scripted).findIndex((row) => row.startsWith("▸"))).toBe(at);
  expect(rows(scripted).join("\n")).toContain("newer above");
  scripted.press("G");
  expect(chosen(scripted)).toContain("GET  /api/events");
});

test("a filter counts while it is typed, and Escape takes it back", () => {
  const scripted = open().press("/", "5", "0", "3");
  expect(rows(scripted).filter((row) => /^[▸ ] \d/.test(row))).toHaveLength(1);
  expect(rows(scripted).join("\n")).toContain('1 with "503"');
  scripted.press("<enter>", "<esc>");
  expect(scripted.state.requestView.filter).toBe("");
  expect(scripted.press("<esc>").state.tab).toBe("services");
});

test("a request that is opened stays while others come", () => {
  const scripted = open().press("<enter>");
  scripted.request();
  expect(rows(scripted).join("\n")).toContain("/api/events");
});

test("requests that were left out are counted", () => {
  const scripted = open();
  scripted.happen({ kind: "event", event: { kind: "requests", at: 1, requests: [], dropped: 1_200 } });
  expect(rows(scripted).join("\n")).toContain("1,200 left out: too many at once");
});

test("an edit's first good answer is the first that the service gave after its files were there", () => {
  const scripted = open();
  const edit: EditEvent = {
    kind: "edit",
    at: 1_400,
    service: "api",
    files: ["a.js"],
    action: "restart",
    phase: "done",
    savedAt: 1_000,
    actedAt: 1_100,
  };
  const request = (at: number, status: number, service = "api"): WebRequest => ({
    at,
    method: "GET",
    host: "",
    uri: "/",
    status,
    durationMs: 10,
    bytes: 0,
    requestId: `${at}`,
    attempts: [{ address: "a", service, number: 1 }],
  });
  scripted.happen({ kind: "event", event: edit });
  const requests = [request(1_050, 200), request(1_200, 502), request(1_300, 200, "web"), request(1_410, 200)];
  scripted.happen({ kind: "event", event: { kind: "requests", at: 1_500, requests, dropped: 0 } });
  expect(scripted.state.firstAnswers.get(editKey(edit))).toBe(1_420);
  expect(rows(scripted.press("4"))[0]).toContain("400 ms");
  expect(rows(scripted)[0]).toContain("first answer after 420");
});
