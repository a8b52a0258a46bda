import { type Directive, type Place, unquote } from "../directive.ts";
import { generationHost } from "../front/front-plan.ts";

/** A configuration as two of them are compared. */
export interface ConfigurationView {
  readonly servers: readonly ServerView[];
  /** By name. */
  readonly upstreams: ReadonlyMap<string, Directive>;
  /** `limit_req_zone` and its kin by the zone's name. */
  readonly zones: ReadonlyMap<string, Directive>;
}

/** One server. `levels`: its block and the one around it, the innermost first. */
export interface ServerView {
  /** In lower case; empty for one that takes all names. */
  readonly names: readonly string[];
  readonly listens: readonly ListenView[];
  readonly levels: readonly (readonly Directive[])[];
  readonly locations: readonly LocationView[];
  readonly place: Place | undefined;
}

export interface ListenView {
  readonly port: number;
  readonly isSsl: boolean;
  readonly isHttp2: boolean;
  readonly isQuic: boolean;
  readonly at: Directive;
}

export interface LocationView {
  /** `= /healthz`, `/api/`. */
  readonly label: string;
  readonly levels: readonly (readonly Directive[])[];
  readonly place: Place | undefined;
}

/** Takes a configuration apart, from a main file or from a file of servers alone. What answers at our private name is left out. */
export function viewConfiguration(directives: readonly Directive[]): ConfigurationView {
  const blocks = directives.filter(({ name }) => name === "http").flatMap(({ block }) => block ?? []);
  const http = blocks.length > 0 ? blocks : directives;
  const named = (name: string) => http.filter((each) => each.name === name);
  const servers = named("server").map((each) => viewServer(each, http));
  return {
    servers: servers.filter(({ names }) => !names.includes(generationHost)),
    upstreams: new Map(named("upstream").map((each) => [unquote(each.words[0] ?? ""), each] as const)),
    zones: new Map(
      [...named("limit_req_zone"), ...named("limit_conn_zone")].map((each) => [zoneOf(each), each] as const),
    ),
  };
}

function viewServer(at: Directive, http: readonly Directive[]): ServerView {
  const block = at.block ?? [];
  const levels = [block, http];
  const names = block.filter(({ name }) => name === "server_name").flatMap(({ words }) => words.map(unquote));
  const isHttp2 = [...block, ...http].some(({ name, words }) => name === "http2" && words[0] === "on");
  return {
    names: names.map((name) => name.toLowerCase()).filter((name) => name !== "_" && name !== ""),
    listens: block.filter(({ name }) => name === "listen").map((each) => viewListen(each, isHttp2)),
    levels,
    locations: locationsIn(block, levels),
    place: at.place,
  };
}

function viewListen(at: Directive, isHttp2: boolean): ListenView {
  const [address = "80", ...flags] = at.words.map(unquote);
  const port = /(?:^|:)(\d+)$/.exec(address)?.[1];
  const isSsl = flags.includes("ssl");
  return {
    port: port === undefined ? 80 : Number(port),
    isSsl,
    isHttp2: isSsl && (isHttp2 || flags.includes("http2")),
    isQuic: flags.includes("quic"),
    at,
  };
}

/** Named locations are a matter of each side: only what leads to them is compared. */
function locationsIn(block: readonly Directive[], levels: readonly (readonly Directive[])[]): readonly LocationView[] {
  return block.flatMap((each): readonly LocationView[] => {
    if (each.name !== "location" || !each.block || each.words[0]?.startsWith("@")) return [];
    const own = [each.block, ...levels];
    const label = each.words
      .map(unquote)
      .join(" ")
      .replace(/^(=|\^~|~\*|~)(?=\S)/, "$1 ");
    return [{ label: label.replace(/\s+/g, " "), levels: own, place: each.place }, ...locationsIn(each.block, own)];
  });
}

const zoneOf = ({ words }: Directive): string =>
  words
    .map(unquote)
    .find((word) => word.startsWith("zone="))
    ?.slice(5)
    .split(":")[0] ?? "";
