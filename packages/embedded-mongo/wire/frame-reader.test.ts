import fc from "fast-check";
import { expect, test } from "vitest";
import { FrameReader } from "./frame-reader.ts";
import { opMsg } from "./test-messages.ts";

const messages = fc.array(
  fc.string({ maxLength: 200 }).map((text) => opMsg({ body: { ping: 1, text, $db: "admin" } })),
  { minLength: 1, maxLength: 6 },
);

test("messages come out as they were, however the stream is cut", () => {
  fc.assert(
    fc.property(messages, fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1 }), (sent, cuts) => {
      const stream = Buffer.concat(sent);
      const reader = new FrameReader();
      const got: Buffer[] = [];
      for (let at = 0, turn = 0; at < stream.length; turn++) {
        const until = at + (cuts[turn % cuts.length] ?? 1);
        got.push(...reader.push(stream.subarray(at, until)));
        at = until;
      }
      expect(got).toEqual(sent);
      expect(reader.isInside).toBe(false);
    }),
  );
});

test("messages inside one chunk are views of it, not copies", () => {
  const chunk = Buffer.concat([opMsg({ body: { a: 1 } }), opMsg({ body: { b: 1 } })]);
  for (const frame of new FrameReader().push(chunk)) expect(frame.buffer).toBe(chunk.buffer);
});

test("an impossible length ends the stream before anything is kept", () => {
  for (const length of [-1, 0, 15, 48_000_001, 0x7fffffff]) {
    const bytes = Buffer.alloc(4);
    bytes.writeInt32LE(length);
    expect(() => new FrameReader().push(bytes)).toThrow(`a message says that it has ${length} bytes`);
  }
});
