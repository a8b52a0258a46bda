import type { Directive } from "../directive.ts";
import { settingDirectives } from "../directives/setting-directives.ts";
import type { Draft } from "../directives/setting-reader.ts";
import type { Report } from "./report.ts";
import type { Settings } from "./settings.ts";

/**
 * The settings of a block: what it says itself, and the rest as the block around it has it. A list (headers, error pages, logs) is
 * inherited only where the block gives none of its kind (nginx's manual says so of each).
 */
export function readSettings(block: readonly Directive[], inherited: Settings, report: Report): Settings {
  const own: Draft = {};
  for (const each of block) settingDirectives.get(each.name)?.(each, own, report);
  return { ...inherited, ...own };
}
