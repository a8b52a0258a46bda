import type {
  Build,
  Dependency,
  DependencyCondition,
  HealthCheck,
  Mount,
  PublishedPort,
  RestartPolicy,
  Service,
} from "@drydock/core";
import { durationMs } from "./formats/duration.ts";
import { grantedFiles } from "./granted-files.ts";
import { definitionOf } from "./model.ts";
import { profilesOf } from "./profiles.ts";
import { conditions } from "./shapes/dependencies.ts";
import { flagOf, numberOf } from "./shapes/scalars.ts";
import { service as serviceShape } from "./shapes/service.ts";
import { watchRulesOf } from "./to-watch-rules.ts";
import { at, child, entriesOf, itemsOf, type MappingNode, type Node, textOf } from "./yaml/node.ts";

// Compose Specification, stop_grace_period; Docker Engine API, HealthConfig: what counts where the file is silent.
const defaultGraceMs = 10_000;
const defaultHealth = { intervalMs: 30_000, timeoutMs: 30_000, retries: 3 };

/** A normalised service as core knows it. `whole` is the project, which says where secrets and configs come from. */
export function toService(name: string, node: MappingNode, whole: MappingNode): Service {
  const definition = definitionOf(node);
  const image = textOf(child(node, "image"));
  const build = buildOf(child(node, "build"));
  const command = wordsOf(definition.command);
  const entrypoint = wordsOf(definition.entrypoint);
  const workingDirectory = textOf(child(node, "working_dir"));
  const healthCheck = healthCheckOf(child(node, "healthcheck"));
  return {
    name,
    ...(image ? { image } : {}),
    ...(build ? { build } : {}),
    ...(command ? { command } : {}),
    ...(entrypoint ? { entrypoint } : {}),
    environment: environmentOf(child(node, "environment")),
    ...(workingDirectory === undefined ? {} : { workingDirectory }),
    dependencies: [...entriesOf(child(node, "depends_on"))].map(([service, entry]) =>
      dependencyOf(service, entry.node),
    ),
    ports: itemsOf(child(node, "ports")).flatMap(portOf),
    expose: itemsOf(child(node, "expose")).flatMap(exposedPorts),
    ...(healthCheck ? { healthCheck } : {}),
    mounts: [
      ...itemsOf(child(node, "volumes")).flatMap(mountOf),
      ...itemsOf(child(node, "tmpfs")).map(tmpfsOf),
      ...grantedFiles(node, whole),
    ],
    replicas: numberOf(child(node, "scale")) ?? numberOf(at(node, "deploy", "replicas")) ?? 1,
    restart: restartOf(node),
    stopSignal: textOf(child(node, "stop_signal")) ?? "SIGTERM",
    stopGracePeriodMs: durationMs(textOf(child(node, "stop_grace_period"))) ?? defaultGraceMs,
    profiles: profilesOf(node),
    watch: watchRulesOf(node),
    dev: extensionOf(child(node, "x-dev")),
    definition,
  };
}

function wordsOf(printed: unknown): readonly string[] | undefined {
  return Array.isArray(printed) ? printed.map(String) : undefined;
}

function environmentOf(node: Node | undefined): Readonly<Record<string, string>> {
  const pairs = [...entriesOf(node)].flatMap(([key, entry]) => {
    const value = textOf(entry.node);
    return value === undefined ? [] : [[key, value] as const];
  });
  return Object.fromEntries(pairs);
}

function buildOf(node: Node | undefined): Build | undefined {
  if (!node) return undefined;
  const target = textOf(child(node, "target"));
  return {
    context: textOf(child(node, "context")) ?? ".",
    dockerfile: textOf(child(node, "dockerfile")) ?? "Dockerfile",
    ...(target ? { target } : {}),
  };
}

function dependencyOf(service: string, node: Node): Dependency {
  const given = textOf(child(node, "condition"));
  const condition: DependencyCondition = conditions.find((each) => each === given) ?? "service_started";
  return {
    service,
    condition,
    isRequired: flagOf(child(node, "required")) ?? true,
    restart: flagOf(child(node, "restart")) ?? false,
  };
}

function portOf(node: Node): readonly PublishedPort[] {
  const target = numberOf(child(node, "target"));
  const published = textOf(child(node, "published"));
  const hostIp = textOf(child(node, "host_ip"));
  const protocol = textOf(child(node, "protocol"));
  // Compose has sctp too, which no engine here publishes.
  if (target === undefined || protocol === "sctp") return [];
  return [
    {
      target,
      ...(published ? { published } : {}),
      ...(hostIp ? { hostIp } : {}),
      protocol: protocol === "udp" ? "udp" : "tcp",
    },
  ];
}

function exposedPorts(node: Node): readonly number[] {
  const [from = "", to = from] = (textOf(node) ?? "").split("/")[0]?.split("-") ?? [];
  const [first, last] = [Number(from), Number(to)];
  const isRange = Number.isInteger(first) && Number.isInteger(last) && first > 0 && last <= 65_535 && first <= last;
  return isRange ? Array.from({ length: last - first + 1 }, (_, index) => first + index) : [];
}

function mountOf(node: Node): readonly Mount[] {
  const kind = textOf(child(node, "type"));
  const target = textOf(child(node, "target"));
  const source = textOf(child(node, "source"));
  const isReadOnly = flagOf(child(node, "read_only")) ?? false;
  if (target === undefined || (kind !== "bind" && kind !== "volume" && kind !== "tmpfs")) return [];
  return [{ kind, ...(source && kind !== "tmpfs" ? { source } : {}), target, isReadOnly }];
}

function tmpfsOf(node: Node): Mount {
  return { kind: "tmpfs", target: (textOf(node) ?? "").split(":")[0] ?? "", isReadOnly: false };
}

function healthCheckOf(node: Node | undefined): HealthCheck | undefined {
  const printed = node && serviceShape.keys?.healthcheck?.keys?.test;
  const test = child(node, "test");
  const [kind, ...words] = (test && printed ? wordsOf(printed.print(test, "json")) : undefined) ?? [];
  if (flagOf(child(node, "disable")) || (kind !== "CMD" && kind !== "CMD-SHELL")) return undefined;
  const duration = (key: string): number | undefined => durationMs(textOf(child(node, key))) || undefined;
  return {
    test: [kind, ...words],
    intervalMs: duration("interval") ?? defaultHealth.intervalMs,
    timeoutMs: duration("timeout") ?? defaultHealth.timeoutMs,
    startPeriodMs: duration("start_period") ?? 0,
    retries: numberOf(child(node, "retries")) || defaultHealth.retries,
  };
}

/** `restart`, else `deploy.restart_policy.condition`, which Compose honours too. */
function restartOf(node: MappingNode): RestartPolicy {
  const [kind = "", limit] = (textOf(child(node, "restart")) ?? "").split(":");
  const policy = at(node, "deploy", "restart_policy");
  if (kind === "always" || kind === "unless-stopped") return { kind };
  if (kind === "on-failure") return { kind, ...(limit === undefined ? {} : { maxRetries: Number(limit) }) };
  if (kind !== "" || !policy) return { kind: "no" };
  const condition = textOf(child(policy, "condition")) ?? "any";
  const maxRetries = numberOf(child(policy, "max_attempts"));
  if (condition === "none") return { kind: "no" };
  return condition === "on-failure"
    ? { kind: "on-failure", ...(maxRetries === undefined ? {} : { maxRetries }) }
    : { kind: "always" };
}

function extensionOf(node: Node | undefined): Service["dev"] {
  const run = textOf(child(node, "run"));
  const provider = textOf(child(node, "provider"));
  const overlap = flagOf(child(node, "overlap"));
  return {
    ...(run ? { run } : {}),
    pin: flagOf(child(node, "pin")) ?? false,
    ...(provider ? { provider } : {}),
    ...(overlap === undefined ? {} : { overlap }),
  };
}
