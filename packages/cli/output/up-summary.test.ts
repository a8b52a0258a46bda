import type { UpResult } from "@drydock/session";
import { expect, test } from "vitest";
import { painter } from "./paint.ts";
import { upSummary } from "./up-summary.ts";

const paint = painter(false);

test("where nothing trusts the address yet, what lets browsers trust it is told once, beside the address", () => {
  expect(upSummary(upAt("https://shop.localhost", false), [], paint, true)).toBe(`
Ready in 1.8 s.
  open   https://shop.localhost       (dev open)
  trust  dev trust       (browsers do not trust that address yet)
  logs   dev logs -f                       stop   dev down
`);
});

test("nothing of trust is told where it is given, to nobody who opens a browser, or of an address that is not the front's", () => {
  const told = (isTrusted: boolean | undefined, isForPerson: boolean) =>
    upSummary(upAt("https://shop.localhost", isTrusted), [], paint, isForPerson).includes("trust");
  expect([told(true, true), told(false, false), told(undefined, true)]).toEqual([false, false, false]);
});

function upAt(url: string, isTrusted: boolean | undefined): UpResult {
  const engine = { kind: "local", name: "local engine", because: "" } as const;
  const trust = isTrusted === undefined ? {} : { isTrusted };
  const status = { project: "shop", directory: "/shop", engine, url, ...trust, services: [] };
  return { plan: [], changed: true, durationMs: 1_800, status };
}
