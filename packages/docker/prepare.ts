import { type ApplyContext, findService, type PrepareStep, type Service, serviceFingerprint } from "@drydock/core";
import { runCompose } from "./compose-cli.ts";
import { readableLines } from "./compose-progress.ts";
import type { EngineScope } from "./engine-scope.ts";
import { ensureImages, serviceImage } from "./ensure-images.ts";
import { composeFailed } from "./errors.ts";
import { numberLabel, serviceLabel } from "./labels.ts";
import { movePorts } from "./move-ports.ts";
import { projectContainers } from "./project-containers.ts";

/**
 * Makes the containers of these services, and the networks and volumes that they need: images first, then one
 * `docker compose up --no-start`, which decides by Compose's own rules what is to be re-created. Starts nothing. One at a time
 * for a project: two runs of Compose would make the same network twice.
 * @throws DevError PORT_TAKEN, IMAGE_MISSING, PULL_FAILED, BUILD_FAILED, COMPOSE_FAILED, NETWORKS_EXHAUSTED, COMPOSE_MISSING
 */
export function prepare(
  scope: EngineScope,
  step: PrepareStep,
  context: ApplyContext,
  refused: ReadonlySet<number> = new Set(),
): Promise<void> {
  return scope.preparing.next(() => prepareNow(scope, step, context, refused));
}

async function prepareNow(
  scope: EngineScope,
  step: PrepareStep,
  context: ApplyContext,
  refused: ReadonlySet<number>,
): Promise<void> {
  const { environment } = context;
  const services = step.services.flatMap((name) => findService(environment, name) ?? []);
  if (services.length === 0) return;
  const [override] = await Promise.all([
    movePorts(scope, services, refused, context),
    ensureImages(scope, step, services, context),
  ]);
  await createContainers(scope, step, override, context);
  await remember(scope, services, context);
}

/**
 * `up --no-start` is `create` with `--no-deps`: only these services are converged. Images are here already, so it neither pulls
 * nor builds. The user's own files are given, so that a plain `docker compose up` later finds its own configuration hash.
 */
async function createContainers(
  { options }: EngineScope,
  step: PrepareStep,
  override: string | undefined,
  { environment, signal }: ApplyContext,
): Promise<void> {
  const words = ["up", "--no-start", "--no-deps", "--no-build", "--quiet-pull", "--pull", "missing"];
  const { exitCode, lines } = await runCompose({
    docker: options.host,
    environment,
    variables: options.variables(),
    override,
    words: [...words, ...(step.forceRecreate ? ["--force-recreate"] : []), ...step.services],
    signal,
  });
  if (exitCode !== 0) throw composeFailed("create", readableLines(lines));
}

/** Keeps from what each container was made, forgets containers that are gone, and says what there is now. */
async function remember(scope: EngineScope, services: readonly Service[], context: ApplyContext): Promise<void> {
  const { api, tracker, options } = scope;
  const { environment, emit, signal } = context;
  const [{ instances }, imageIds] = await Promise.all([
    projectContainers(api, environment.project, signal),
    imageIdsOf(scope, services, context),
  ]);
  const { containers: known, ...rest } = options.state.read();
  const kept = instances.flatMap((container) => {
    const service = services.find(({ name }) => name === container.labels[serviceLabel]);
    const before = known[container.id];
    if (!service) return before ? [[container.id, before] as const] : [];
    const record = {
      service: service.name,
      number: Number(container.labels[numberLabel]),
      fingerprint: serviceFingerprint(service),
      imageId: imageIds.get(service.name) ?? container.imageId,
      isStoppedByUs: before?.isStoppedByUs ?? false,
    };
    return [[container.id, record] as const];
  });
  options.state.write({ ...rest, containers: Object.fromEntries(kept) });
  for (const container of instances) tracker.report(container, environment, emit);
}

async function imageIdsOf(
  { api }: EngineScope,
  services: readonly Service[],
  { environment, signal }: ApplyContext,
): Promise<ReadonlyMap<string, string | undefined>> {
  const pairs = services.map(async (service) => {
    const image = await api.image(serviceImage(service, environment), signal);
    return [service.name, image?.id] as const;
  });
  return new Map(await Promise.all(pairs));
}
