import type { ApplyContext, Environment, PrepareStep, Service } from "@drydock/core";
import { type ComposeCall, runCompose } from "./compose-cli.ts";
import { readableLines, readComposeProgress } from "./compose-progress.ts";
import type { EngineScope } from "./engine-scope.ts";
import { buildFailed, imageMissing, pullFailed } from "./errors.ts";
import { ProgressTeller } from "./progress-teller.ts";

/** The name of a service's image: what it says, or what Compose gives one that is only built. */
export function serviceImage(service: Service, environment: Environment): string {
  return service.image ?? `${environment.project}-${service.name}`;
}

/**
 * Pulls and builds what the step's services lack, and nothing else: with all images here, no word goes to a registry. Compose does
 * both, because it knows the user's credentials and build settings; its progress becomes events.
 * @throws DevError IMAGE_MISSING, PULL_FAILED, BUILD_FAILED
 */
export async function ensureImages(
  scope: EngineScope,
  step: PrepareStep,
  services: readonly Service[],
  context: ApplyContext,
): Promise<void> {
  const { environment, signal } = context;
  const needs = await Promise.all(
    services.map(async (service) => {
      const image = serviceImage(service, environment);
      return { service, image, need: needOf(service, step, (await scope.api.image(image, signal)) !== undefined) };
    }),
  );
  const lacking = needs.find(({ need }) => need === "lacking");
  if (lacking) throw imageMissing(lacking.service.name, lacking.image);
  const pulls = needs.filter(({ need }) => need === "pull");
  const builds = needs.filter(({ need }) => need === "build");
  if (pulls.length > 0) await pull(scope, pulls, context);
  if (builds.length > 0)
    await build(
      scope,
      builds.map(({ service }) => service.name),
      context,
    );
}

type Need = "nothing" | "pull" | "build" | "lacking";

/** Compose Specification, `pull_policy`: always, never, missing (also "if_not_present"), build; a service with `build` is built rather than pulled. */
function needOf(service: Service, step: PrepareStep, isHere: boolean): Need {
  const policy = service.definition.pull_policy;
  if (service.build && (step.build || policy === "build" || !isHere)) return "build";
  if (service.build || (isHere && policy !== "always")) return "nothing";
  return policy === "never" ? "lacking" : "pull";
}

type Wanted = readonly { readonly service: Service; readonly image: string }[];

async function pull(scope: EngineScope, wanted: Wanted, context: ApplyContext): Promise<void> {
  const images = [...new Set(wanted.map(({ image }) => image))];
  const teller = new ProgressTeller(`pull ${images.join(", ")}`, scope.options.clock, context.emit);
  const { exitCode, lines } = await runCompose({
    ...callOf(scope, context),
    words: ["pull", ...wanted.map(({ service }) => service.name)],
    onLine: (line) => teller.tell(readComposeProgress(line)),
  });
  if (exitCode !== 0) throw pullFailed(images, readableLines(lines));
}

async function build(scope: EngineScope, services: readonly string[], context: ApplyContext): Promise<void> {
  const teller = new ProgressTeller(`build ${services.join(", ")}`, scope.options.clock, context.emit);
  const { exitCode, lines } = await runCompose({
    ...callOf(scope, context),
    progress: "plain",
    words: ["build", ...services],
    onLine: (line) => teller.tell(readComposeProgress(line)),
  });
  if (exitCode !== 0)
    throw buildFailed(
      services,
      lines.filter((line) => line.trim() !== ""),
    );
}

function callOf({ options }: EngineScope, { environment, signal }: ApplyContext): Omit<ComposeCall, "words"> {
  return { docker: options.host, environment, variables: options.variables(), signal };
}
