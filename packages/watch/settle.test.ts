import { FakeClock } from "@drydock/testing";
import { expect, test } from "vitest";
import type { FileChange } from "./file-change.ts";
import { Settle } from "./settle.ts";

const written = (path: string): FileChange => ({ path, kind: "written" });
const removed = (path: string): FileChange => ({ path, kind: "removed" });

function setUp() {
  const clock = new FakeClock(1_000);
  const batches: { readonly changes: readonly FileChange[]; readonly firstAt: number }[] = [];
  const settle = new Settle(clock, (changes, firstAt) => batches.push({ changes, firstAt }));
  const pass = async (ms: number) => {
    await clock.advance(ms);
  };
  return { settle, batches, pass };
}

test("changes with little between them are one batch, each file once, with the time of the first", async () => {
  const { settle, batches, pass } = setUp();
  settle.add(removed("/a"));
  await pass(40);
  settle.add(written("/a"));
  settle.add(written("/b"));
  await pass(59);
  expect(batches).toEqual([]);
  await pass(1);
  expect(batches).toEqual([{ changes: [written("/a"), written("/b")], firstAt: 1_000 }]);
  settle.add(written("/a"));
  await pass(60);
  expect(batches).toHaveLength(2);
});

test("a file that was made and removed again is nothing", async () => {
  const { settle, batches, pass } = setUp();
  settle.add(written("/a.tmp"), true);
  settle.add(removed("/a.tmp"));
  await pass(60);
  expect(batches).toEqual([]);
});

test("a switch of branches is one batch although it pauses", async () => {
  const { settle, batches, pass } = setUp();
  for (let index = 0; index < 300; index++) {
    settle.add(written(`/${index}`));
    if (index % 100 === 99) await pass(200);
  }
  expect(batches).toEqual([]);
  await pass(50);
  expect(batches.map(({ changes }) => changes.length)).toEqual([300]);
});

test("what never gets quiet is handed on all the same, and a closed one never", async () => {
  const { settle, batches, pass } = setUp();
  for (let ms = 0; ms < 2_000; ms += 50) {
    settle.add(written("/log"));
    await pass(50);
  }
  expect(batches).toHaveLength(1);
  settle.add(written("/log"));
  settle.close();
  await pass(5_000);
  expect(batches).toHaveLength(1);
});
