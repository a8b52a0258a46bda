import { type Environment, nearest } from "@drydock/core";
import type { ReloadRule } from "@drydock/settings";

/** What the rules of dev.config.ts name and the stack does not have. A service of a profile that is not active is no mistake of theirs, and is told all the same. */
export function unknownServices(rules: readonly ReloadRule[], { services }: Environment): readonly string[] {
  const known = services.map(({ name }) => name);
  const tell = (place: string, name: string): readonly string[] => {
    if (known.includes(name)) return [];
    const meant = nearest(name, known);
    const hint = meant === undefined ? "" : ` Did you mean "${meant}"?`;
    return [`reload.rules.${place} names "${name}", and no such service runs here.${hint}`];
  };
  return rules.flatMap(({ name, paths, after, cascade }) => [
    ...(paths === undefined ? tell(`${name}, which has no paths,`, name) : []),
    ...after.flatMap(({ service }, index) =>
      service === undefined ? [] : tell(`${name}.after[${index}].in`, service),
    ),
    ...cascade.flatMap((each, index) => tell(`${name}.cascade[${index}]`, each)),
  ]);
}
