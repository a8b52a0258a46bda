import { FakeClock } from "@drydock/testing";
import { expect, test } from "vitest";
import type { Transaction } from "../storage/store.ts";
import { Document } from "../values/document.ts";
import { SessionStore } from "./session-store.ts";

function open() {
  const clock = new FakeClock(1_000_000);
  const ended: string[] = [];
  const sessions = new SessionStore(clock, (key) => ended.push(key));
  return { clock, ended, sessions };
}

test("a session is ended when nobody has used it for 30 minutes", async () => {
  const { clock, ended, sessions } = open();
  const old = sessions.start(undefined);
  await clock.advance(29 * 60_000);
  const used = sessions.use(old.id, undefined);
  expect(used).toBe(old);
  await clock.advance(29 * 60_000);
  sessions.expire(60_000);
  expect(ended).toEqual([]);
  await clock.advance(2 * 60_000);
  sessions.expire(60_000);
  expect(ended).toEqual([old.key]);
  expect(sessions.all()).toEqual([]);
});

test("a transaction that is open too long is aborted, and its session stays", async () => {
  const { clock, ended, sessions } = open();
  const session = sessions.start(undefined);
  let aborts = 0;
  const transaction = { abort: () => aborts++ } as unknown as Transaction;
  session.state = { kind: "open", number: 3n, transaction, startedAt: clock.now() };
  await clock.advance(60_000);
  sessions.expire(60_000);
  expect(aborts).toBe(0);
  await clock.advance(1);
  sessions.expire(60_000);
  expect(aborts).toBe(1);
  expect(session.state).toEqual({ kind: "aborted", number: 3n });
  expect(ended).toEqual([session.key]);
  expect(sessions.all()).toEqual([session]);
});

test("sessions of the same id are different for different users", () => {
  const { sessions } = open();
  const mine = sessions.start("admin.me");
  expect(sessions.use(mine.id, "admin.you")).not.toBe(mine);
  expect(sessions.get(mine.id, "admin.me")).toBe(mine);
  expect(() => sessions.use(Document.from([["id", "text"]]), undefined)).toThrow("must be a UUID");
});

test("one command with a number at a time has a session", async () => {
  const { sessions } = open();
  const session = sessions.start(undefined);
  const order: string[] = [];
  const first = await session.checkOut();
  const second = session.checkOut().then((done) => {
    order.push("second");
    done();
  });
  order.push("first");
  first();
  await second;
  expect(order).toEqual(["first", "second"]);
});
