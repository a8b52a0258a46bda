import { afterEach, expect, test } from "vitest";
import { restartWithFiles } from "./change-services.ts";
import { type FakeSession, openFakeSession, upRequest } from "./fixtures/fake-session.ts";
import { up } from "./up.ts";

let fake: FakeSession;
afterEach(() => fake.close());

const never = new AbortController().signal;
const steps = () =>
  fake.events.flatMap((event) => (event.kind === "step" && event.phase === "done" ? [event.id.split(":")[0]] : []));

async function running(): Promise<void> {
  fake = await openFakeSession("services:\n  api: { image: api }\n");
  await up(fake.session, upRequest(fake.source), () => undefined, never);
}

test("a service stops while its files are on their way, and starts when they have arrived", async () => {
  await running();
  const before = steps().length;
  const order: string[] = [];
  const files = Promise.resolve().then(() => order.push("files"));
  fake.session.hub.subscribe((event) => {
    if (event.kind === "step" && event.phase === "done") order.push(event.id.split(":")[0] ?? "");
  });
  await restartWithFiles(fake.session, ["api"], files, never);
  expect(steps().slice(before)).toEqual(["stop", "start", "ready"]);
  expect(order.indexOf("files")).toBeLessThan(order.indexOf("start"));
});

test("files that do not arrive are an error, and what was there before runs again", async () => {
  await running();
  const files = Promise.reject(new Error("no space left"));
  await expect(restartWithFiles(fake.session, ["api"], files, never)).rejects.toThrow("no space left");
  expect(steps().slice(-2)).toEqual(["start", "ready"]);
  expect(fake.session.board.all.map(({ state }) => state)).toEqual(["ready"]);
});
