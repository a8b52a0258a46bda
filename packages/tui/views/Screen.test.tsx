import { setMaxListeners } from "node:events";
import { stripVTControlCharacters } from "node:util";
import { eventually, FakeClock } from "@drydock/testing";
import { cleanup, render } from "ink-testing-library";
import { afterEach, expect, test } from "vitest";
import { FakeSupervisor } from "../fixtures/fake-supervisor.ts";
import { play } from "../fixtures/scripts.ts";
import { ScreenStore } from "../terminal/screen-store.ts";
import { glyphsFor } from "../text/glyphs.ts";
import { Screen } from "./Screen.tsx";

const ended = new AbortController();
// The fake clock leaves its listeners on the signal.
setMaxListeners(0, ended.signal);
afterEach(cleanup);

async function open() {
  const clock = new FakeClock(1_000);
  const stack = new FakeSupervisor(() => clock.now());
  const store = new ScreenStore({
    size: { columns: 80, rows: 24 },
    glyphs: glyphsFor(true),
    clock,
    signal: ended.signal,
  });
  void stack.follow(
    { logs: true, services: [], replayLines: 10, usage: true },
    (event) => store.receive(event),
    ended.signal,
  );
  play("healthy", stack, clock.now());
  const ink = render(<Screen store={store} hasColour onGone={() => undefined} />);
  await clock.advance(100);
  const frame = () => stripVTControlCharacters(ink.lastFrame() ?? "");
  return { clock, stack, store, ink, frame };
}

test("a key is drawn at once, without a frame's wait (a scripted supervisor)", async () => {
  const { ink, frame } = await open();
  expect(frame()).toContain("▸ ● mongo");
  await eventually(() => ink.stdin.listenerCount("readable") > 0);
  ink.stdin.write("j");
  // The clock stands still: a frame that waited for it would never come.
  await eventually(() => frame().includes("▸ ● redis"));
});

test("ten thousand lines are one frame; nothing is drawn while nothing happens (a scripted supervisor)", async () => {
  const { clock, stack, ink, frame } = await open();
  const before = ink.frames.length;
  for (let line = 0; line < 10_000; line++) stack.log("worker", `line ${line}`);
  await clock.advance(200);
  expect(ink.frames.length - before).toBe(1);
  expect(frame()).toContain("line 9999");
  await clock.advance(60_000);
  expect(ink.frames.length - before).toBe(1);
});

test("a second of flood is at most sixteen frames (a scripted supervisor)", async () => {
  const { clock, stack, ink } = await open();
  const before = ink.frames.length;
  for (let tick = 0; tick < 100; tick++) {
    for (let line = 0; line < 100; line++) stack.log("worker", `tick ${tick} line ${line}`);
    await clock.advance(10);
  }
  const frames = ink.frames.length - before;
  expect(frames).toBeGreaterThan(10);
  expect(frames).toBeLessThanOrEqual(16);
});
