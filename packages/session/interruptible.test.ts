import { expect, test } from "vitest";
import { Interruptible } from "./interruptible.ts";

const untilAborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));

test("what runs is told why it has to end, and is waited for", async () => {
  const interruptible = new Interruptible();
  const said: string[] = [];
  const work = interruptible.run(new AbortController().signal, async (signal) => {
    try {
      return await untilAborted(signal);
    } finally {
      await Promise.resolve();
      said.push("cleaned up");
    }
  });
  const failed = expect(work).rejects.toThrow("down was asked for");
  await interruptible.interrupt(new Error("down was asked for"));
  said.push("interrupted");
  await failed;
  expect(said).toEqual(["cleaned up", "interrupted"]);
});

test("a client that goes away still ends its own work, and nothing is left to interrupt", async () => {
  const interruptible = new Interruptible();
  const client = new AbortController();
  const work = interruptible.run(client.signal, untilAborted);
  client.abort(new Error("gone"));
  await expect(work).rejects.toThrow("gone");
  await interruptible.interrupt(new Error("nobody hears it"));
  expect(await interruptible.run(new AbortController().signal, async () => "next")).toBe("next");
});
