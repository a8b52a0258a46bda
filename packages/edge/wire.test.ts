import { anyCharacter } from "@drydock/testing";
import { assert, nat, property, string } from "fast-check";
import { expect, test } from "vitest";
import { fromWire, toWire } from "./wire.ts";

test("text comes back from the wire as it was", () => {
  assert(
    property(string({ unit: "grapheme" }), (text) => {
      const clean = text.replace(/[\0-\x1f\x7f\ufffd]/g, "");
      return fromWire(toWire(clean)) === clean;
    }),
  );
});

test("whatever the text, Node takes it as a header and it stays one", () => {
  assert(property(string({ unit: nat().map(anyCharacter) }), (text) => /^[\t\x20-\x7e\x80-\xff]*$/.test(toWire(text))));
  expect(toWire("a\r\nSet-Cookie: x")).toBe("a  Set-Cookie: x");
});

test("bytes that are no UTF-8 stay what they are", () => {
  expect(fromWire("\xff\xfe")).toBe("\xff\xfe");
  expect(fromWire("Ã¼")).toBe("ü");
});
