import type { Edit, FileChange, FollowUp } from "@drydock/watch";

/** What a batch of changes leads to. */
export interface EditBatch {
  readonly edits: readonly Edit[];
  readonly followUps: readonly FollowUp[];
}

/** One line of what is told of a batch. */
export interface ToldEdit {
  readonly service: string;
  readonly kind: Edit["kind"] | "run";
  readonly changes: readonly FileChange[];
}

/** The services that restart because others did. */
export function cascadeOf({ edits, followUps }: EditBatch): readonly string[] {
  const own = new Set(
    edits.filter(({ kind }) => kind === "restart" || kind === "rebuild").map(({ service }) => service),
  );
  return [...new Set(followUps.flatMap(({ rule }) => rule.cascade))].filter((name) => !own.has(name));
}

/** The services that it starts again or brings files to, and the rules that it carries out. */
export function namesOf(batch: EditBatch): ReadonlySet<string> {
  return new Set(toldEdits(batch).map(({ service }) => service));
}

/** What is told: each service's own edit, the commands of rules, and who restarts after them. */
export function toldEdits(batch: EditBatch): readonly ToldEdit[] {
  const { edits, followUps } = batch;
  const runs = followUps
    .filter(({ isDue, rule }) => isDue && rule.after.length > 0)
    .map(({ rule, changes }): ToldEdit => ({ service: labelOf(rule.name, edits), kind: "run", changes }));
  const cascade = cascadeOf(batch).map((service): ToldEdit => {
    const causes = followUps.filter(({ rule }) => rule.cascade.includes(service));
    return { service, kind: "restart", changes: causes.flatMap(({ changes }) => changes) };
  });
  const cascading = new Set(cascade.map(({ service }) => service));
  return [...runs, ...edits.filter(({ service }) => !cascading.has(service)), ...cascade];
}

/** A rule that is called like a service that is edited is told beside it. */
const labelOf = (name: string, edits: readonly Edit[]): string =>
  edits.some(({ service }) => service === name) ? `${name} (after)` : name;
