import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Oracle, startOracle } from "../testing/oracle.ts";
import { whyNoRealRedis } from "../testing/real-redis.ts";

const runs = Number(process.env.RUNS ?? 150);

/** Shows any Lua value without the order of its keys, numbers with all their digits. */
const show = `
local function show(v)
  if type(v) == "number" then return string.format("%.17g", v) end
  if type(v) ~= "table" then return type(v) == "userdata" and "null" or type(v) .. ":" .. tostring(v) end
  local t = {}
  for k, x in pairs(v) do t[#t + 1] = show(k) .. "=" .. show(x) end
  table.sort(t)
  return "{" .. table.concat(t, ",") .. "}"
end
`;

const bytes = fc
  .array(fc.integer({ min: 0, max: 255 }), { maxLength: 40 })
  .map((codes) => String.fromCharCode(...codes));
const latin1 = (text: string): string => Buffer.from(text, "utf8").toString("latin1");
const jsonText = fc.oneof(
  fc.json({ maxDepth: 4 }).map(latin1),
  fc
    .array(fc.constantFrom(...'{}[]:,"\\u00d8ae19.-+eEtruefalsnl /x\n'.split("")), { maxLength: 12 })
    .map((a) => a.join("")),
  bytes,
);
const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.float({ noNaN: true, noDefaultInfinity: true }),
);
const msgpackBytes = fc.oneof(
  bytes,
  fc
    .array(
      fc.constantFrom(
        0x81,
        0x92,
        0xa1,
        0xc0,
        0xc2,
        0xca,
        0xcb,
        0xcc,
        0xcd,
        0xd0,
        0xd1,
        0xd9,
        0xdc,
        0xde,
        0,
        1,
        2,
        0x61,
        0xff,
      ),
      { maxLength: 20 },
    )
    .map((codes) => String.fromCharCode(...codes)),
);
const structOption = fc.constantFrom(
  "b",
  "B",
  "h",
  "H",
  "i",
  "I",
  "l",
  "i3",
  "I5",
  "i8",
  "f",
  "d",
  "<",
  ">",
  "!4",
  "!8",
  "x",
  " ",
  "s",
  "c3",
);

describe.skipIf(whyNoRealRedis)(
  `Random data through the libraries (${whyNoRealRedis ?? "compared with a real server"})`,
  () => {
    let oracle: Oracle;
    beforeAll(async () => {
      oracle = await startOracle();
    });
    afterAll(() => oracle.stop());

    async function expectSame(script: string, ...args: readonly string[]): Promise<void> {
      const { ours, real } = await oracle.compare([["EVAL", script, "0", ...args]]);
      expect(ours).toEqual(real);
    }

    test("cjson.decode", async () => {
      const script = `${show} return show(cjson.decode(ARGV[1]))`;
      await fc.assert(
        fc.asyncProperty(jsonText, (text) => expectSame(script, text)),
        { numRuns: runs },
      );
    });

    test("cjson.encode of numbers and bytes", async () => {
      const script = "return cjson.encode({tonumber(ARGV[1]), ARGV[2]})";
      await fc.assert(
        fc.asyncProperty(number, bytes, (value, text) => expectSame(script, String(value), text)),
        { numRuns: runs },
      );
    });

    test("cmsgpack.unpack", async () => {
      const script = `${show} return show({cmsgpack.unpack(ARGV[1])})`;
      await fc.assert(
        fc.asyncProperty(msgpackBytes, (text) => expectSame(script, text)),
        { numRuns: runs },
      );
    });

    test("cmsgpack.pack of numbers, bytes and what JSON makes of tables", async () => {
      const script = "return cmsgpack.pack(tonumber(ARGV[1]), ARGV[2], {ARGV[2], {tonumber(ARGV[1])}})";
      await fc.assert(
        fc.asyncProperty(number, bytes, (value, text) => expectSame(script, String(value), text)),
        { numRuns: runs },
      );
    });

    test("struct.pack and struct.unpack", async () => {
      const pack = "return struct.pack(ARGV[1], unpack(ARGV, 2))";
      const unpack = `${show} return show({struct.unpack(ARGV[1], ARGV[2])})`;
      const format = fc.array(structOption, { maxLength: 6 }).map((options) => options.join(""));
      const small = fc.integer({ min: -(2 ** 40), max: 2 ** 40 });
      await fc.assert(
        fc.asyncProperty(format, fc.array(small, { minLength: 6, maxLength: 6 }), bytes, async (text, values, data) => {
          await expectSame(pack, text, ...values.map(String));
          await expectSame(unpack, text, data);
        }),
        { numRuns: runs },
      );
    });

    test("bit operations", async () => {
      const script = `local a, b = tonumber(ARGV[1]), tonumber(ARGV[2])
      return {bit.band(a, b), bit.bor(a, b), bit.bxor(a, b), bit.bnot(a), bit.lshift(a, b), bit.rshift(a, b),
        bit.arshift(a, b), bit.rol(a, b), bit.ror(a, b), bit.bswap(a), bit.tohex(a), bit.tohex(a, b % 9), bit.tobit(b)}`;
      const operand = fc.oneof(fc.integer(), fc.maxSafeInteger(), fc.double({ min: -1e15, max: 1e15, noNaN: true }));
      await fc.assert(
        fc.asyncProperty(operand, operand, (a, b) => expectSame(script, String(a), String(b))),
        { numRuns: runs },
      );
    });
  },
);
