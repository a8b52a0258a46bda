import type { Container } from "./container.ts";
import type { EngineScope } from "./engine-scope.ts";
import { numberLabel, projectLabel, serviceLabel } from "./labels.ts";
import { chooseInstances } from "./project-containers.ts";

/** The containers of one service, by number, as they are now. */
export async function serviceContainers(
  { api }: EngineScope,
  project: string,
  service: string,
  signal: AbortSignal,
): Promise<readonly Container[]> {
  const listed = await api.listContainers([`${projectLabel}=${project}`, `${serviceLabel}=${service}`], signal);
  const { instances } = chooseInstances(listed);
  const found = await Promise.all(instances.map(({ id }) => api.inspect(id, signal)));
  return found
    .flatMap((each) => (each ? [each] : []))
    .sort((a, b) => Number(a.labels[numberLabel]) - Number(b.labels[numberLabel]));
}

/** The container of one instance, as it is now; undefined where there is none. */
export async function instanceContainer(
  scope: EngineScope,
  project: string,
  service: string,
  number: number,
  signal: AbortSignal,
): Promise<Container | undefined> {
  const found = await serviceContainers(scope, project, service, signal);
  return found.find(({ labels }) => Number(labels[numberLabel]) === number);
}
