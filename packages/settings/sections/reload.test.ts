import { expect, test } from "vitest";
import { parseSettings } from "../parse-settings.ts";

const parse = (reload: unknown, text = "") => parseSettings({ file: "/shop/dev.config.ts", text, value: { reload } });
const messages = async (reload: unknown) => {
  const parsed = await parse(reload);
  return parsed.ok ? [] : parsed.problems.map(({ message, hint }) => (hint ? `${message} (${hint})` : message));
};

test("rules are read with their defaults", async () => {
  const rules = {
    api: { cascade: ["worker"] },
    types: { paths: ["schema/**"], after: ["npm run types", { run: "node migrate.js", in: "api" }] },
  };
  expect(await parse({ browser: false, rules })).toMatchObject({
    ok: true,
    settings: {
      reload: {
        reloadsPages: false,
        rules: [
          { name: "api", paths: undefined, after: [], cascade: ["worker"] },
          {
            name: "types",
            paths: ["schema/**"],
            after: [
              { run: "npm run types", service: undefined },
              { run: "node migrate.js", service: "api" },
            ],
            cascade: [],
          },
        ],
      },
    },
  });
  expect(await parse(undefined)).toMatchObject({ settings: { reload: { reloadsPages: true, rules: [] } } });
});

test("each mistake is said, at its place", async () => {
  expect(
    await messages({
      browsr: true,
      rules: { a: {}, b: { afer: [] }, c: { after: [1] }, d: { paths: [], cascade: ["x"] } },
    }),
  ).toMatchInlineSnapshot(`
    [
      "reload.rules.a must have \`after\` or \`cascade\`",
      "reload.rules.b.afer is not a key of reload.rules.b (did you mean "after"?)",
      "reload.rules.b must have \`after\` or \`cascade\`",
      "reload.rules.c.after[0] must be a string or an object, and is 1",
      "reload.rules.d.paths must name files",
      "reload.browsr is not a key of reload (did you mean "browser"?)",
    ]
  `);
  const text = "export default {\n  reload: { rules: { types: { paths: 1, after: ['x'] } } },\n};\n";
  const parsed = await parse({ rules: { types: { paths: 1, after: ["x"] } } }, text);
  expect(parsed).toMatchObject({ ok: false, problems: [{ line: 2, message: expect.stringContaining("types.paths") }] });
});
