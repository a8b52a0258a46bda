import { expect, test } from "vitest";
import { Document } from "../../values/document.ts";
import { readClientMetadata } from "./client-metadata.ts";

const driver = (name: string): Document => Document.from([["driver", Document.from([["name", name]])]]);

test("what a client says of itself is kept up to 512 bytes", () => {
  expect(readClientMetadata(driver("x".repeat(400))).get("driver")).toBeInstanceOf(Document);
  expect(() => readClientMetadata(driver("x".repeat(512)))).toThrow("client metadata document must be less");
});

test("an application's name has up to 128 bytes", () => {
  const named = (name: string) => Document.from([["application", Document.from([["name", name]])]]);
  expect(readClientMetadata(named("é".repeat(64))).get("application")).toBeInstanceOf(Document);
  expect(() => readClientMetadata(named("é".repeat(65)))).toThrow("application.name");
});
