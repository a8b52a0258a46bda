import { expect, test } from "vitest";
import { Crc64 } from "./crc64.ts";

test("The checksum of 123456789 is the one that Redis's source names", () => {
  const crc = new Crc64();
  const bytes = Buffer.from("123456789");
  crc.update(bytes, 0, 4);
  crc.update(bytes, 4, bytes.length);
  expect(crc.value.toString(16)).toBe("e9c6d914c4b8d9ca");
});
