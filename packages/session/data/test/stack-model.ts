/** A service of a stack for tests, and what is another in it than in the project's own. */
export interface ModelService {
  readonly name: string;
  /** Set for a database. */
  readonly database?: {
    /** The folder in its container that its data lies in. */
    readonly dataTarget: string;
    /** Container port to the port of this machine. */
    readonly ports: readonly { readonly target: number; readonly published: number }[];
  };
}

type Json = Readonly<Record<string, unknown>>;

/**
 * The Compose model of a stack that has some services of a project, and nothing in common with it: its data lies in volumes of its own, its ports are its own, on
 * loopback, and folders of the machine are only read by databases. `model` is what `docker compose config --format json` prints.
 */
export function stackModel(model: Json, project: string, wanted: readonly ModelService[]): Json {
  const all = recordOf(model.services);
  const names = wanted.map(({ name }) => name);
  const oneShots = names.filter((name) => Object.values(all).some((each) => waitsForEnd(each, name)));
  const services = wanted.map((service) => [
    service.name,
    modelService(recordOf(all[service.name]), service, model, names),
  ]);
  const waiting = Object.fromEntries(oneShots.map((name) => [name, { condition: "service_completed_successfully" }]));
  return {
    name: project,
    // That somebody waits for its end makes a service a one-shot. This one is never started.
    services: {
      ...Object.fromEntries(services),
      ...(oneShots.length > 0 ? { [waiter]: { image: waiter, depends_on: waiting } } : {}),
    },
    volumes: Object.fromEntries(volumesOf(services.map(([, service]) => recordOf(service))).map((name) => [name, {}])),
    ...(model.secrets === undefined ? {} : { secrets: model.secrets }),
    ...(model.configs === undefined ? {} : { configs: model.configs }),
  };
}

const waiter = "drydock-waiter";

// What would tie it to the project, to other services, or to a port or a name that is taken.
const leftOut = ["container_name", "profiles", "network_mode", "links", "external_links", "develop", "volumes_from"];

function modelService(definition: Json, { name, database }: ModelService, model: Json, names: readonly string[]): Json {
  const kept = Object.fromEntries(Object.entries(definition).filter(([key]) => !leftOut.includes(key)));
  const needs = Object.entries(recordOf(definition.depends_on)).filter(([other]) => names.includes(other));
  return {
    ...kept,
    restart: "no",
    depends_on: Object.fromEntries(needs),
    networks: { default: { aliases: aliasesOf(definition.networks) } },
    // The project's own image, which is there already.
    ...(definition.build && definition.image === undefined ? { image: `${model.name}-${name}` } : {}),
    ...(database
      ? {
          // What it holds is thrown away.
          stop_signal: "SIGKILL",
          ports: database.ports.map(({ target, published }) => ({
            target,
            published: String(published),
            host_ip: "127.0.0.1",
            protocol: "tcp",
          })),
          volumes: volumesFor(name, listOf(definition.volumes), database.dataTarget),
        }
      : { ports: [] }),
  };
}

/** The data goes to a volume of its own, other volumes are new ones, folders of the machine are read only. */
function volumesFor(service: string, mounts: readonly Json[], dataTarget: string): readonly Json[] {
  const isData = ({ target }: Json) => target === dataTarget || dataTarget.startsWith(`${target}/`);
  const others = mounts.filter((mount) => !isData(mount));
  return [
    { type: "volume", source: `${service}-data`, target: dataTarget },
    ...others.map((mount, index) => {
      if (mount.type === "volume") return { type: "volume", source: `${service}-${index}`, target: mount.target };
      return mount.type === "bind" ? { ...mount, read_only: true } : mount;
    }),
  ];
}

const volumesOf = (services: readonly Json[]): readonly string[] =>
  services.flatMap(({ volumes }) =>
    listOf(volumes).flatMap(({ type, source }) => (type === "volume" && typeof source === "string" ? [source] : [])),
  );

const waitsForEnd = (service: unknown, name: string): boolean =>
  recordOf(recordOf(recordOf(service).depends_on)[name]).condition === "service_completed_successfully";

const aliasesOf = (networks: unknown): readonly unknown[] =>
  Object.values(recordOf(networks)).flatMap((network) => {
    const { aliases } = recordOf(network);
    return Array.isArray(aliases) ? aliases : [];
  });

const recordOf = (value: unknown): Json =>
  typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};

const listOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.map(recordOf) : []);
