import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { isAbsolute, join, sep } from "node:path";
import type { FileChange } from "./file-change.ts";
import { isNeverWatched } from "./never-watched.ts";
import { dockerPatterns, type PathFilter } from "./path-filter.ts";
import type { Edit } from "./plan-edits.ts";

/** What a save asks for besides what services do about it. */
export interface FollowUpRule {
  readonly name: string;
  /** Patterns as in .dockerignore; undefined: the files of the service of that name. */
  readonly paths: readonly string[] | undefined;
  readonly after: readonly { readonly run: string; readonly service: string | undefined }[];
  readonly cascade: readonly string[];
}

/** A rule that a batch of changes met. */
export interface FollowUp {
  readonly rule: FollowUpRule;
  readonly changes: readonly FileChange[];
  /** What the files of the changes were when this was planned, by path: a hash each. */
  readonly contents: ReadonlyMap<string, string>;
  /** Whether its commands have not run yet for files as these are now. */
  readonly isDue: boolean;
}

// A person may save while a command runs, more than once; a command that writes another content each time would never come to an end.
const mostInARow = 2;

/**
 * Knows which rules a batch of changes meets. The same content asks for commands once: a command that writes one of the files that it is run for comes to
 * an end, and a batch that is done again does not run it again. What is saved while a command runs asks for it again.
 */
export class FollowUps {
  readonly #rules: readonly (FollowUpRule & { readonly means: PathFilter | undefined })[];
  readonly #done = new Map<string, string>();
  /** As `#done`, and who depends on it has restarted, too. */
  readonly #arrived = new Map<string, string>();
  /** How many times in a row a file was another one when its commands had run. */
  readonly #changedMeanwhile = new Map<string, number>();
  /** Absolute folders and files that have to be watched for the rules. */
  readonly roots: readonly string[];

  constructor(directory: string, rules: readonly FollowUpRule[]) {
    this.#rules = rules.map((rule) => ({
      ...rule,
      means:
        rule.paths &&
        dockerPatterns(
          directory,
          rule.paths.map((path) => within(directory, path)),
        ),
    }));
    this.roots = rules.flatMap(({ paths = [] }) => paths.flatMap((path) => rootOf(directory, path)));
  }

  /** Whether a rule with paths means this one. */
  isWatched(path: string): boolean {
    return !isNeverWatched(path) && this.#rules.some(({ means }) => means?.(path) === true);
  }

  /** Whether it may lie on the way to what a rule means. */
  isOnTheWay(path: string): boolean {
    return !isNeverWatched(path) && this.roots.some((root) => path === root || path.startsWith(`${root}${sep}`));
  }

  /** What a batch asks for; `edits` are what the services do about it. */
  plan(edits: readonly Edit[], changes: readonly FileChange[]): readonly FollowUp[] {
    return this.#rules.flatMap((rule) => {
      const { means } = rule;
      const own = means
        ? changes.filter(({ path }) => means(path))
        : edits.filter(({ service }) => service === rule.name).flatMap((edit) => edit.changes);
      if (own.length === 0) return [];
      const contents = new Map(own.map(({ path }) => [path, contentOf(path)]));
      const isOver = [...contents].every(([path, content]) => this.#arrived.get(key(rule, path)) === content);
      if (means && isOver) return [];
      const isDue = [...contents].some(([path, content]) => this.#done.get(key(rule, path)) !== content);
      return [{ rule, changes: own, contents, isDue }];
    });
  }

  /** The commands of these have run: to be called once for each that was planned. */
  ran(followUps: readonly FollowUp[]): void {
    for (const { rule, contents } of followUps)
      for (const [path, before] of contents) {
        const place = key(rule, path);
        const after = contentOf(path);
        const inARow = after === before ? 0 : (this.#changedMeanwhile.get(place) ?? 0) + 1;
        this.#changedMeanwhile.set(place, inARow > mostInARow ? 0 : inARow);
        this.#done.set(place, inARow > mostInARow ? after : before);
      }
  }

  /** All of a batch is done: what restarts after them has restarted. */
  applied(followUps: readonly FollowUp[]): void {
    for (const { rule, contents } of followUps)
      for (const [path, content] of contents) this.#arrived.set(key(rule, path), content);
  }
}

const key = ({ name }: FollowUpRule, path: string): string => `${name} ${path}`;

function contentOf(path: string): string {
  try {
    return createHash("sha1").update(readFileSync(path)).digest("hex");
  } catch {
    return "";
  }
}

const within = (directory: string, path: string): string =>
  isAbsolute(path) && path.startsWith(directory) ? path.slice(directory.length + 1) : path.replace(/^\.\//, "");

/** The folder above the first wildcard of a pattern; an exception has none. */
function rootOf(directory: string, pattern: string): readonly string[] {
  if (pattern.startsWith("!")) return [];
  const parts = within(directory, pattern).split("/");
  const wild = parts.findIndex((part) => /[*?[]/.test(part));
  return [join(directory, ...(wild < 0 ? parts : parts.slice(0, wild)))];
}
