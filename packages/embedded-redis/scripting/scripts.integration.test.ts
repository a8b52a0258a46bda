import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Oracle, startOracle } from "../testing/oracle.ts";
import { whyNoRealRedis } from "../testing/real-redis.ts";
import { conversionCases } from "./testing/conversion-cases.ts";
import { errorCases } from "./testing/error-cases.ts";
import { functionCases } from "./testing/function-cases.ts";
import { jsonCases } from "./testing/json-cases.ts";
import { libraryCases } from "./testing/library-cases.ts";
import type { ScriptCase } from "./testing/script-case.ts";

const command = ({ script, keys = [], args = [] }: ScriptCase): readonly string[] => [
  "EVAL",
  script,
  String(keys.length),
  ...keys,
  ...args,
];

const print = (replies: unknown): string =>
  JSON.stringify(replies, (_name, value: unknown) => (typeof value === "bigint" ? `${value}n` : value));

describe.skipIf(whyNoRealRedis)(`Scripts answer as in a real server (${whyNoRealRedis ?? "compared"})`, () => {
  let oracle: Oracle;
  beforeAll(async () => {
    oracle = await startOracle();
  });
  afterAll(() => oracle.stop());

  const families = { conversions: conversionCases, errors: errorCases, libraries: libraryCases, json: jsonCases };
  for (const [name, cases] of Object.entries(families)) {
    for (const protocol of [2, 3] as const) {
      test(`${name}, RESP${protocol}`, async () => {
        const differences: string[] = [];
        for (const each of cases) {
          const { ours, real } = await oracle.compare([...(each.before ?? []), command(each)], protocol);
          if (print(ours) === print(real)) continue;
          differences.push(`${each.script}\n  ours ${print(ours)}\n  real ${print(real)}`);
        }
        expect(differences).toEqual([]);
      });
    }
  }

  for (const [name, commands] of Object.entries(functionCases)) {
    for (const protocol of [2, 3] as const) {
      test(`${name}, RESP${protocol}`, async () => {
        const { ours, real } = await oracle.compare(commands, protocol);
        const pair = (replies: readonly unknown[]) =>
          replies.map((reply, at) => [commands[at]?.join(" "), print(reply)]);
        expect(pair(ours)).toEqual(pair(real));
      });
    }
  }
});
