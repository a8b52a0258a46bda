/** A container of a dev container, as the engine knows it. */
export interface DevContainer {
  readonly id: string;
  readonly name: string;
  readonly image: string;
  /** True for the one that the workspace is in; false for what Compose runs beside it. */
  readonly isWorkspace: boolean;
  readonly isRunning: boolean;
  /** False: it was made, and what would have started it failed. */
  readonly wasStarted: boolean;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** The Compose project that it belongs to, where it does. */
  readonly composeProject?: string;
  /** Ports that Docker itself publishes. */
  readonly published: readonly PublishedByDocker[];
}

/** A port of a container that Docker publishes on the host. */
export interface PublishedByDocker {
  /** Inside. */
  readonly port: number;
  readonly hostIp: string;
  readonly hostPort: number;
}

type Fields = Readonly<Record<string, unknown>>;

/** Reads the answer of `docker inspect --type container`. */
export function readContainers(text: string): readonly DevContainer[] {
  return (JSON.parse(text) as readonly Fields[]).map((each) => {
    const [config, state, network] = [fieldsOf(each.Config), fieldsOf(each.State), fieldsOf(each.NetworkSettings)];
    const labels = fieldsOf(config.Labels);
    const project = labels["com.docker.compose.project"];
    return {
      id: String(each.Id),
      name: String(each.Name).replace(/^\//, ""),
      image: String(config.Image),
      isWorkspace: labels["devcontainer.local_folder"] !== undefined,
      isRunning: state.Running === true,
      wasStarted: state.Status !== "created",
      createdAt: Date.parse(String(each.Created)),
      ...(typeof project === "string" ? { composeProject: project } : {}),
      published: Object.entries(fieldsOf(network.Ports)).flatMap(([target, bindings]) =>
        readBindings(target, bindings),
      ),
    };
  });
}

/** `{"4010/tcp": [{"HostIp": "127.0.0.1", "HostPort": "4010"}]}`, IPv4 and IPv6 apart; null where nothing is published. */
function readBindings(target: string, bindings: unknown): readonly PublishedByDocker[] {
  if (!Array.isArray(bindings) || !target.endsWith("/tcp")) return [];
  return bindings.map((each: Fields) => ({
    port: Number.parseInt(target, 10),
    hostIp: String(each.HostIp),
    hostPort: Number(each.HostPort),
  }));
}

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}
