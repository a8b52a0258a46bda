/** A container as a list names it. */
export interface ListedContainer {
  readonly id: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly status: string;
  readonly publishedPorts: readonly { readonly port: number; readonly protocol: string }[];
  /** `source` is the host's path of a bind; undefined for a volume. */
  readonly mounts: readonly { readonly source: string | undefined; readonly target: string }[];
  /** `host`, `bridge`, or a network's name. */
  readonly networkMode: string;
}

/** The parts that we read of an entry of `GET /containers/json` (Docker Engine API v1.51, ContainerList). */
interface ListEntry {
  readonly Id: string;
  readonly Names: readonly string[];
  readonly Labels: Readonly<Record<string, string>>;
  readonly State: string;
  readonly Ports?: readonly { readonly PublicPort?: number; readonly Type: string }[] | null;
  readonly Mounts?: readonly { readonly Type?: string; readonly Source: string; readonly Destination: string }[] | null;
  readonly HostConfig?: { readonly NetworkMode?: string } | null;
}

/** Reads an entry of the engine's list. */
export function readListed({ Id, Names, Labels, State, Ports, Mounts, HostConfig }: ListEntry): ListedContainer {
  return {
    id: Id,
    name: (Names[0] ?? "").replace(/^\//, ""),
    labels: Labels,
    status: State,
    publishedPorts: (Ports ?? []).flatMap(({ PublicPort, Type }) =>
      PublicPort ? [{ port: PublicPort, protocol: Type }] : [],
    ),
    mounts: (Mounts ?? []).map(({ Type, Source, Destination }) => ({
      source: Type === "bind" ? Source : undefined,
      target: Destination,
    })),
    networkMode: HostConfig?.NetworkMode ?? "",
  };
}
