import type { BoundPort, Container, ContainerHealth, ContainerHealthCheck, ContainerPort } from "./container.ts";

/** The parts that we read of `GET /containers/ID/json` (Docker Engine API v1.51, ContainerInspect). */
interface InspectAnswer {
  readonly Id: string;
  readonly Name: string;
  readonly Image: string;
  readonly RestartCount?: number;
  readonly State: {
    readonly Status: Container["status"];
    readonly Pid?: number;
    readonly ExitCode: number;
    readonly OOMKilled?: boolean;
    readonly Error?: string;
    readonly StartedAt: string;
    readonly FinishedAt: string;
    readonly Health?: {
      readonly Status: string;
      readonly FailingStreak: number;
      readonly Log?: readonly { readonly End: string; readonly ExitCode: number; readonly Output: string }[] | null;
    };
  };
  readonly Config: {
    readonly Image: string;
    readonly Labels?: Readonly<Record<string, string>> | null;
    readonly ExposedPorts?: Readonly<Record<string, unknown>> | null;
    readonly Tty?: boolean;
    readonly Shell?: readonly string[] | null;
    readonly Healthcheck?: {
      readonly Test?: readonly string[] | null;
      readonly Timeout?: number;
      readonly Retries?: number;
      readonly StartPeriod?: number;
      readonly StartInterval?: number;
    } | null;
  };
  readonly HostConfig: {
    readonly NetworkMode?: string;
    readonly RestartPolicy?: { readonly Name?: string };
    readonly PortBindings?: PortMap | null;
  };
  readonly NetworkSettings: {
    readonly Ports?: PortMap | null;
    readonly Networks?: Readonly<Record<string, { readonly IPAddress?: string; readonly Gateway?: string }>> | null;
  };
}

type PortMap = Readonly<Record<string, readonly { readonly HostIp?: string; readonly HostPort?: string }[] | null>>;

// The engine writes this for "never" (Go's zero time).
const never = "0001-01-01T00:00:00Z";

/** Reads the engine's answer to an inspect. */
export function readContainer(answer: unknown): Container {
  const { Id, Name, Image, RestartCount, State, Config, HostConfig, NetworkSettings } = answer as InspectAnswer;
  const health = readHealth(State.Health);
  const healthCheck = readHealthCheck(Config.Healthcheck, Config.Shell);
  return {
    id: Id,
    name: Name.replace(/^\//, ""),
    labels: Config.Labels ?? {},
    image: Config.Image,
    imageId: Image,
    status: State.Status,
    processId: State.Pid ?? 0,
    exitCode: State.ExitCode,
    isOutOfMemory: State.OOMKilled === true,
    error: State.Error ?? "",
    startedAt: State.StartedAt === never ? "" : State.StartedAt,
    finishedAt: State.FinishedAt === never ? "" : State.FinishedAt,
    restartCount: RestartCount ?? 0,
    ...(health ? { health } : {}),
    ...(healthCheck ? { healthCheck } : {}),
    exposed: Object.keys(Config.ExposedPorts ?? {}).flatMap(readPort),
    published: readPortMap(NetworkSettings.Ports),
    wantedPorts: readPortMap(HostConfig.PortBindings),
    networks: Object.entries(NetworkSettings.Networks ?? {}).map(([name, { IPAddress = "", Gateway = "" }]) => ({
      name,
      ip: IPAddress,
      gateway: Gateway,
    })),
    networkMode: HostConfig.NetworkMode ?? "",
    restartPolicy: HostConfig.RestartPolicy?.Name || "no",
    hasTerminal: Config.Tty === true,
  };
}

function readHealth(health: InspectAnswer["State"]["Health"]): ContainerHealth | undefined {
  const status = health?.Status;
  if (!health || (status !== "starting" && status !== "healthy" && status !== "unhealthy")) return undefined;
  const log = (health.Log ?? []).map(({ End, ExitCode, Output }) => ({
    endedAt: Date.parse(End),
    exitCode: ExitCode,
    output: Output.trim(),
  }));
  return { status, failingStreak: health.FailingStreak, log };
}

// Defaults of the engine (Dockerfile reference, HEALTHCHECK): timeout 30 s, 3 retries, 5 s between checks in the start period, which is none.
function readHealthCheck(
  check: InspectAnswer["Config"]["Healthcheck"],
  shell: readonly string[] | null | undefined,
): ContainerHealthCheck | undefined {
  const [kind, ...words] = check?.Test ?? [];
  const command = kind === "CMD" ? words : kind === "CMD-SHELL" ? [...(shell ?? ["/bin/sh", "-c"]), ...words] : [];
  if (command.length === 0) return undefined;
  const startIntervalMs = check?.StartPeriod ? (check.StartInterval || 5e9) / 1e6 : undefined;
  return {
    command,
    timeoutMs: (check?.Timeout || 30e9) / 1e6,
    retries: check?.Retries || 3,
    ...(startIntervalMs === undefined ? {} : { startIntervalMs }),
  };
}

function readPortMap(ports: PortMap | null | undefined): readonly BoundPort[] {
  return Object.entries(ports ?? {}).flatMap(([key, bindings]) =>
    readPort(key).flatMap(({ port: target, protocol }) =>
      (bindings ?? []).map(({ HostIp = "", HostPort }) => ({
        target,
        protocol,
        hostIp: HostIp,
        port: Number(HostPort),
      })),
    ),
  );
}

/** `80/tcp`, or `80` as Compose writes it for `expose`; SCTP ports are none of ours. */
function readPort(key: string): readonly ContainerPort[] {
  const [port, protocol = "tcp"] = key.split("/");
  return protocol === "tcp" || protocol === "udp" ? [{ port: Number(port), protocol }] : [];
}
