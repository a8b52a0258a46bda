import { expect, test } from "vitest";
import { crc64 } from "./crc64.ts";

const of = (kind: "redis" | "ecma", text: string) => {
  const crc = crc64(kind);
  for (const part of text.match(/.{1,4}/g) ?? []) crc.update(Buffer.from(part));
  return crc.value();
};

test("the checksums are those of Redis and of Go's hash/crc64", () => {
  // Redis's own test (crc64.c), and the check value of CRC-64/XZ, which is ECMA-182 reflected.
  expect(of("redis", "123456789")).toBe(0xe9c6d914c4b8d9can);
  expect(of("ecma", "123456789")).toBe(0x995dc9bbdf1939fan);
  expect(crc64("ecma").value()).toBe(0n);
});
