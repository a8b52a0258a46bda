import { afterAll, beforeAll, describe, test } from "vitest";
import { compareFamily } from "./compare-family.ts";
import { families } from "./families.ts";
import { type Oracle, startOracle } from "./oracle.ts";
import { whyNoRealRedis } from "./real-redis.ts";

// Of up to 30 commands each.
const sequences = 3000;

describe.skipIf(whyNoRealRedis)(
  `Thousands of random sequences answer as a real server does (${whyNoRealRedis ?? "compared"})`,
  () => {
    let oracle: Oracle;
    beforeAll(async () => {
      oracle = await startOracle();
    });
    afterAll(() => oracle.stop());

    for (const family of families) {
      test(family.name, () => compareFamily(oracle, family, sequences));
    }
  },
);
