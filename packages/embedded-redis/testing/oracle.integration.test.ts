import { afterAll, beforeAll, describe, test } from "vitest";
import { compareFamily } from "./compare-family.ts";
import { families } from "./families.ts";
import { type Oracle, startOracle } from "./oracle.ts";
import { whyNoRealRedis } from "./real-redis.ts";

describe.skipIf(whyNoRealRedis)(
  `Random commands answer as a real server does (${whyNoRealRedis ?? "compared"})`,
  () => {
    let oracle: Oracle;
    beforeAll(async () => {
      oracle = await startOracle();
    });
    afterAll(() => oracle.stop());

    for (const family of families) {
      test(family.name, () => compareFamily(oracle, family, 200));
    }
  },
);
