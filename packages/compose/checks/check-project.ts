import { isActive } from "../profiles.ts";
import type { Report } from "../report.ts";
import { child, entriesOf, type MappingNode } from "../yaml/node.ts";
import { buildsAreComplete } from "./builds.ts";
import type { Check, Checked } from "./check.ts";
import { mountTargetsDoNotClash, portsDoNotClash } from "./clashes.ts";
import { deviceRequestsAreClear, healthChecksBegin, watchRulesHaveTargets } from "./commands.ts";
import { dependenciesExist, noDependencyCycles } from "./dependencies.ts";
import { requiredKeysAreThere } from "./required-keys.ts";
import { externalResourcesAreBare, fileObjectsHaveOneSource, resourcesExist } from "./resources.ts";
import { limitsAgree, namesAreUnique, replicasAgree, servicesCanRun } from "./services.ts";

const checks: readonly Check[] = [
  requiredKeysAreThere,
  servicesCanRun,
  dependenciesExist,
  noDependencyCycles,
  resourcesExist,
  externalResourcesAreBare,
  fileObjectsHaveOneSource,
  buildsAreComplete,
  deviceRequestsAreClear,
  healthChecksBegin,
  watchRulesHaveTargets,
  portsDoNotClash,
  mountTargetsDoNotClash,
  replicasAgree,
  namesAreUnique,
  limitsAgree,
];

/**
 * Reports all that is wrong with a project as a whole: what no single value shows. Of one that could not be read to the end, only
 * what the missing part cannot change.
 */
export function checkProject(
  root: MappingNode,
  profiles: readonly string[],
  isComplete: boolean,
  report: Report,
): void {
  const all = entriesOf(child(root, "services"));
  const services = [...all].flatMap(([name, { node, keyPlace }]) =>
    node.kind === "mapping" && isActive(node, profiles) ? [{ name, node, keyPlace }] : [],
  );
  const project: Checked = { root, profiles, all, services };
  const wanted = isComplete ? checks : [requiredKeysAreThere];
  for (const finding of wanted.flatMap((check) => check(project))) report(finding);
}
