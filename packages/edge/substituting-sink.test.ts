import fc from "fast-check";
import { expect, test } from "vitest";
import type { Sink } from "./sink.ts";
import { replacing, substitutingSink } from "./substituting-sink.ts";

/** What comes out of chunks, and what has come out before the last one. */
function changed(chunks: readonly string[], pairs: readonly (readonly [string, string])[], isOnce: boolean) {
  const out: string[] = [];
  const sink: Sink = {
    write: (chunk) => out.push(chunk.toString()) > 0,
    end: (chunk) => void out.push(chunk?.toString() ?? ""),
    whenDrained: (then) => then(),
    abort: () => undefined,
  };
  const rules = pairs.map(([text, by]) => replacing(text, by));
  const through = substitutingSink(sink, rules, isOnce);
  for (const chunk of chunks) through.write(Buffer.from(chunk));
  const early = out.join("");
  through.end();
  return { early, all: out.join("") };
}

test("where a body is cut makes no difference", () => {
  const word = fc.string({ unit: fc.constantFrom("a", "b", "B"), maxLength: 12 });
  fc.assert(
    fc.property(fc.array(word), fc.boolean(), (chunks, isOnce) => {
      const pairs = [
        ["aab", "<1>"],
        ["bb", "<2>"],
      ] as const;
      expect(changed(chunks, pairs, isOnce).all).toBe(changed([chunks.join("")], pairs, isOnce).all);
    }),
  );
});

test("a page that comes in parts is shown as it comes: only a beginning of the string waits", () => {
  const pairs = [["</head>", "<script></script></head>"]] as const;
  expect(changed(["<head><title>a</title>", "<"], pairs, true).early).toBe("<head><title>a</title>");
  expect(changed(["<head></HE", "AD><body>"], pairs, true).early).toBe("<head><script></script></head><body>");
  expect(changed(["</head>", "</he"], pairs, true)).toEqual({
    early: "<script></script></head></he",
    all: "<script></script></head></he",
  });
});
