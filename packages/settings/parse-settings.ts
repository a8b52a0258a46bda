import type { Problem } from "@drydock/core";
import type { LoadedConfig } from "./loaded-config.ts";
import type { Settings } from "./settings.ts";

export type ParsedSettings =
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Checks a configuration and fills in the defaults; or every mistake at once, each at its place in the file. */
export async function parseSettings(config: LoadedConfig): Promise<ParsedSettings> {
  // Only a project that has a configuration pays for the schema, and only one with mistakes for the parser of its text.
  const { settingsSchema } = await import("./settings-schema.ts");
  const result = settingsSchema.safeParse(config.value, { reportInput: true });
  if (result.success) return { ok: true, settings: result.data };
  const { describeIssue } = await import("./describe-issue.ts");
  const problems = result.error.issues.flatMap((issue) => describeIssue(issue, settingsSchema, config));
  return { ok: false, problems: problems.sort((a, b) => a.line - b.line || a.column - b.column) };
}
