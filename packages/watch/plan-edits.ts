import { posix, relative, sep } from "node:path";
import type { SyncedFile } from "@drydock/core";
import type { FileChange } from "./file-change.ts";
import type { CompiledRule, WatchedService } from "./watched-service.ts";

/** What an edit asks of a service, from the least to the most. */
const kinds = ["sync", "exec", "restart", "rebuild"] as const;
export type EditKind = (typeof kinds)[number];

/** What a batch of changes means for one service: one action, the strongest that its rules ask for. */
export interface Edit {
  readonly service: string;
  readonly kind: EditKind;
  /** What has to be brought into the container; empty where it sees the files themselves, or is rebuilt. */
  readonly files: readonly SyncedFile[];
  /** Commands to run in the container once the files are there, each once. */
  readonly commands: readonly (readonly string[])[];
  /** The changes that caused it. */
  readonly changes: readonly FileChange[];
}

/** Decides what each service has to do about a batch of changes; those that none of its rules mean ask for nothing. */
export function planEdits(services: readonly WatchedService[], changes: readonly FileChange[]): readonly Edit[] {
  return services.flatMap((service) => editOf(service, changes) ?? []);
}

/** Whether anybody wants to hear of a path. */
export function isWatched(services: readonly WatchedService[], path: string): boolean {
  return services.some(({ rules }) => rules.some((rule) => means(rule, path)));
}

function editOf({ name, rules }: WatchedService, changes: readonly FileChange[]): Edit | undefined {
  const hits = changes.flatMap((change) =>
    rules.filter((rule) => means(rule, change.path)).map((rule) => ({ rule, change })),
  );
  if (hits.length === 0) return undefined;
  const kind = hits.map(({ rule }) => kindOf(rule)).reduce(stronger);
  const files = new Map<string, SyncedFile>();
  const commands = new Map<string, readonly string[]>();
  for (const { rule, change } of kind === "rebuild" ? [] : hits) {
    const target = targetOf(rule, change.path);
    if (target !== undefined) files.set(target, { path: change.path, target, isRemoved: change.kind === "removed" });
    if (rule.exec && kind === "exec") commands.set(JSON.stringify(rule.exec), rule.exec);
  }
  return {
    service: name,
    kind,
    files: [...files.values()],
    commands: [...commands.values()],
    changes: [...new Set(hits.map(({ change }) => change))],
  };
}

function means(rule: CompiledRule, path: string): boolean {
  return (path === rule.path || path.startsWith(`${rule.path}${sep}`)) && rule.isWanted(path);
}

function kindOf({ action }: CompiledRule): EditKind {
  if (action === "rebuild" || action === "sync") return action;
  return action === "sync+exec" ? "exec" : "restart";
}

const stronger = (a: EditKind, b: EditKind): EditKind => (kinds.indexOf(a) > kinds.indexOf(b) ? a : b);

/** The place of a file below the rule's target; a rule on a file has the file's own (Compose Develop Specification, target). */
function targetOf({ path, target, action }: CompiledRule, changed: string): string | undefined {
  if (target === undefined || !action.startsWith("sync")) return undefined;
  return changed === path ? target : posix.join(target, relative(path, changed).split(sep).join("/"));
}
