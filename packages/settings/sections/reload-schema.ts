import { z } from "zod";
import type { ReloadRule, ReloadSettings } from "./reload.ts";

const word = z.string().regex(/\S/, "Must not be empty");

const rule = z
  .strictObject({
    paths: z.array(word).min(1, "Must name files").optional(),
    after: z.array(z.union([word, z.strictObject({ run: word, in: word })])).default([]),
    cascade: z.array(word).default([]),
  })
  .superRefine(({ after, cascade }, context) => {
    if (after.length === 0 && cascade.length === 0)
      context.addIssue({ code: "custom", message: "Must have `after` or `cascade`" });
  });

/** What `reload` may be, and what it means. */
export const reloadSchema: z.ZodType<ReloadSettings> = z
  .strictObject({
    browser: z.boolean().default(true),
    rules: z.record(z.string(), rule).default({}),
  })
  .prefault({})
  .transform(
    ({ browser, rules }): ReloadSettings => ({ reloadsPages: browser, rules: Object.entries(rules).map(ruleOf) }),
  );

function ruleOf([name, { paths, after, cascade }]: readonly [string, z.output<typeof rule>]): ReloadRule {
  const commands = after.map((each) =>
    typeof each === "string" ? { run: each, service: undefined } : { run: each.run, service: each.in },
  );
  return { name, paths, after: commands, cascade };
}
