import type { Container } from "./container.ts";
import type { EngineApi } from "./engine-api.ts";
import { numberLabel, oneOffLabel, projectLabel, replaceLabel, serviceLabel } from "./labels.ts";
import type { ListedContainer } from "./listed-container.ts";

/** The containers of a project that stand for an instance, and those that do not. */
export interface ProjectContainers {
  /** One for each service and number, inspected. */
  readonly instances: readonly Container[];
  /** `docker compose run` and what an interrupted re-creation left beside the container that it was to replace. */
  readonly others: readonly ListedContainer[];
}

/** Lists and inspects what exists of a project. A container that goes away meanwhile is left out. */
export async function projectContainers(
  api: EngineApi,
  project: string,
  signal: AbortSignal,
): Promise<ProjectContainers> {
  const listed = await api.listContainers([`${projectLabel}=${project}`], signal);
  const { instances, others } = chooseInstances(listed);
  const inspected = await Promise.all(instances.map(({ id }) => api.inspect(id, signal)));
  return { instances: inspected.flatMap((each) => (each ? [each] : [])), others };
}

/** Separates the containers that stand for an instance from one-offs and duplicates. */
export function chooseInstances(listed: readonly ListedContainer[]): {
  readonly instances: readonly ListedContainer[];
  readonly others: readonly ListedContainer[];
} {
  const chosen = new Map<string, ListedContainer>();
  const others: ListedContainer[] = [];
  for (const each of listed) {
    const { [serviceLabel]: service, [numberLabel]: number } = each.labels;
    if (service === undefined || number === undefined || each.labels[oneOffLabel] === "True") {
      others.push(each);
      continue;
    }
    const key = `${service}.${number}`;
    const rival = chosen.get(key);
    const better = rival === undefined || isBetter(each, rival);
    if (better) chosen.set(key, each);
    if (rival) others.push(better ? rival : each);
  }
  return { instances: [...chosen.values()], others };
}

/** What runs stands for the instance; of two that do not, the one that was not made to replace the other. */
function isBetter(one: ListedContainer, other: ListedContainer): boolean {
  if ((one.status === "running") !== (other.status === "running")) return one.status === "running";
  return one.labels[replaceLabel] === undefined && other.labels[replaceLabel] !== undefined;
}
