import { attributesOf } from "../configuration/attributes-of.ts";
import type { PortPlace, PortWishes } from "../configuration/configuration.ts";
import { isOwn } from "../configuration/port-place.ts";
import type { PublishedByDocker } from "../containers/container.ts";

/** A port to be reached on this machine. */
export interface PlannedForward extends PortPlace {
  readonly label?: string;
  readonly protocol?: "http" | "https";
  /** True: only the same number will do. */
  readonly requireLocalPort: boolean;
}

/** A port that Docker publishes already: nothing is to be forwarded. */
export interface PublishedForward {
  readonly port: number;
  readonly label?: string;
  readonly protocol?: "http" | "https";
  readonly localHost: string;
  readonly localPort: number;
}

/** What is to be forwarded, and what needs it not. */
export interface ForwardPlan {
  readonly forwards: readonly PlannedForward[];
  readonly published: readonly PublishedForward[];
}

/** Decides which ports are forwarded: each of `forwardPorts` once, but for those that Docker publishes (`appPort`, `ports` of a Compose file). Touches nothing. */
export function planForwards(wishes: PortWishes, publishedByDocker: readonly PublishedByDocker[]): ForwardPlan {
  const published = unique(publishedByDocker, ({ port, hostPort }) => `${port} ${hostPort}`).map(
    ({ port, hostIp, hostPort }): PublishedForward => ({
      port,
      ...describe({ host: "localhost", port }, wishes),
      localHost: hostIp === "0.0.0.0" || hostIp === "::" || hostIp === "" ? "127.0.0.1" : hostIp,
      localPort: hostPort,
    }),
  );
  const isPublished = ({ host, port }: PortPlace) => isOwn(host) && published.some((each) => each.port === port);
  const forwards = unique(wishes.forwardPorts, ({ host, port }) => `${isOwn(host) ? "" : host}:${port}`)
    .filter((place) => !isPublished(place))
    .map((place) => ({
      ...place,
      ...describe(place, wishes),
      requireLocalPort: attributesOf(place, wishes).requireLocalPort ?? false,
    }));
  return { forwards, published };
}

function describe(place: PortPlace, wishes: PortWishes): Pick<PlannedForward, "label" | "protocol"> {
  const { label, protocol } = attributesOf(place, wishes);
  return { ...(label === undefined ? {} : { label }), ...(protocol === undefined ? {} : { protocol }) };
}

function unique<T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] {
  return items.filter((item, index) => items.findIndex((each) => keyOf(each) === keyOf(item)) === index);
}
