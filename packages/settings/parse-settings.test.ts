import { expect, test } from "vitest";
import { locateKey } from "./locate-key.ts";
import { parseSettings } from "./parse-settings.ts";
import { defaultSettings } from "./settings.ts";

const file = "/shop/dev.config.ts";

test("an empty configuration has all the defaults", async () => {
  const parsed = await parseSettings({ file, text: "export default {}", value: {} });
  expect(parsed).toEqual({
    ok: true,
    settings: defaultSettings,
  });
  expect(defaultSettings.data).toEqual({ seed: undefined, seeds: "seeds", followsGit: false });
});

test("what is written is taken", async () => {
  const value = { data: { seed: "demo", follow: "git" } };
  expect(await parseSettings({ file, text: "", value })).toMatchObject({
    ok: true,
    settings: { data: { seed: "demo", followsGit: true } },
  });
});

test("every mistake is told at once, at its place and with what to write instead", async () => {
  const text = [
    'import { defineConfig } from "drydock";',
    "const config = defineConfig({",
    "  dta: {},",
    '  data: { seed: 5, folow: "git" },',
    "});",
    "export default config;",
  ].join("\n");
  const parsed = await parseSettings({ file, text, value: { dta: {}, data: { seed: 5, folow: "git" } } });
  expect(parsed.ok ? [] : parsed.problems).toEqual([
    {
      file,
      line: 3,
      column: 3,
      length: 3,
      message: "dta is not a key of dev.config.ts",
      hint: 'did you mean "data"?',
      excerpt: "  dta: {},",
    },
    {
      file,
      line: 4,
      column: 11,
      length: 4,
      message: "data.seed must be a string or false, and is 5",
      excerpt: '  data: { seed: 5, folow: "git" },',
    },
    {
      file,
      line: 4,
      column: 20,
      length: 5,
      message: "data.folow is not a key of data",
      hint: 'did you mean "follow"?',
      excerpt: '  data: { seed: 5, folow: "git" },',
    },
  ]);
});

test("something that is no object is said to be none", async () => {
  const parsed = await parseSettings({ file, text: "export default 5", value: 5 });
  expect(parsed.ok ? [] : parsed.problems).toEqual([
    { file, line: 0, column: 0, length: 0, message: "the default export must be an object, and is 5" },
  ]);
});

test.each([
  ["export default { a: [{ b: 1 }, { c: 2 }] };", ["a", 1, "c"], { line: 1, column: 34, length: 1 }],
  ["export default { a: 1 } satisfies Config;", ["a"], { line: 1, column: 18, length: 1 }],
  ['const x = 1;\nexport default { "odd-key": x };', ["odd-key"], { line: 2, column: 18, length: 9 }],
  ["export default { ...base, a: make() };", ["a", "b"], { line: 1, column: 27, length: 1 }],
  ["export default {", ["a"], { line: 0, column: 0, length: 0 }],
])("a key is found in %s", (text, path, place) => {
  expect(locateKey(text, path)).toEqual(place);
});

test("a number beyond its limits is told the limit, in the words of the others", async () => {
  const value = { backup: { to: "", keep: { hourly: -1, daily: 20_000 }, encrypt: { recipients: [] } } };
  const parsed = await parseSettings({ file, text: "", value });
  expect(parsed.ok ? [] : parsed.problems.map(({ message }) => message)).toEqual(
    expect.arrayContaining([
      "backup.keep.hourly must be at least 0, and is -1",
      "backup.keep.daily must be at most 10000, and is 20000",
      "backup.encrypt.recipients must name a recipient",
    ]),
  );
});
