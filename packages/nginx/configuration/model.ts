import type { Place } from "../directive.ts";
import type { Lookup, Template } from "../variables/template.ts";
import type { Settings } from "./settings.ts";

/** What a configuration means: everything that an HTTP server needs to serve it. */
export interface EdgeConfiguration {
  readonly servers: readonly Server[];
  /** By name; only those that the configuration writes out. */
  readonly upstreams: ReadonlyMap<string, Upstream>;
  /** Variables that `map` defines, by name without `$`. */
  readonly maps: ReadonlyMap<string, ValueMap>;
  /** By name; `combined` is always there. */
  readonly logFormats: ReadonlyMap<string, LogFormat>;
  readonly limitZones: ReadonlyMap<string, LimitZone>;
  readonly notices: readonly Notice[];
}

/** Something that the text says and that is not done. */
export interface Notice {
  readonly place: Place | undefined;
  readonly directive: string;
  /** As a sentence without the place. */
  readonly message: string;
}

export interface Listen {
  readonly host: string;
  readonly port: number;
  readonly isDefault: boolean;
  readonly isSsl: boolean;
  readonly isHttp2: boolean;
}

export interface Server {
  readonly listens: readonly Listen[];
  readonly names: readonly ServerName[];
  readonly tls: TlsSettings | undefined;
  /** The configuration of requests that no location takes; its actions run before a location is looked for. */
  readonly base: Location;
  readonly locations: LocationTree;
  readonly named: ReadonlyMap<string, Location>;
  readonly clientHeaderTimeoutMs: number;
  readonly mergesSlashes: boolean;
  readonly takesUnderscores: boolean;
  readonly takesInvalidHeaders: boolean;
  readonly place: Place | undefined;
}

export type ServerName =
  | { readonly kind: "exact"; readonly name: string }
  /** `*.example.org`: ends with `.example.org`; `.example.org` is that and the name itself. */
  | { readonly kind: "tail"; readonly suffix: string; readonly takesBare: boolean }
  /** `www.*`. */
  | { readonly kind: "head"; readonly prefix: string }
  | { readonly kind: "regex"; readonly regex: RegExp };

export interface TlsSettings {
  readonly certificates: readonly { readonly certificate: string; readonly key: string }[];
  readonly protocols: readonly string[];
  readonly ciphers: string | undefined;
  /** `X25519:prime256v1`, the preferred first. */
  readonly curves: string | undefined;
  readonly prefersServerCiphers: boolean;
  readonly clientCertificate: string | undefined;
  readonly verifyClient: "off" | "on" | "optional" | "optional_no_ca";
  readonly rejectsHandshake: boolean;
}

export interface Location {
  /** As it is written: `= /healthz`. */
  readonly label: string;
  readonly match:
    | { readonly kind: "exact" | "prefix" | "preferred" | "named"; readonly path: string }
    | { readonly kind: "regex"; readonly regex: RegExp }
    | { readonly kind: "server" };
  readonly settings: Settings;
  readonly actions: readonly Action[];
  readonly isInternal: boolean;
  readonly handler: Handler;
  readonly tryFiles: TryFiles | undefined;
  /** `limit_except`: the methods that are free of the settings' access rules; the others take these settings. */
  readonly limitExcept: { readonly methods: readonly string[]; readonly settings: Settings } | undefined;
  readonly locations: LocationTree;
}

export interface LocationTree {
  readonly exact: ReadonlyMap<string, Location>;
  /** Longest first. */
  readonly prefixes: readonly Location[];
  /** In the order of the text. */
  readonly regexes: readonly Location[];
}

export type Handler =
  | { readonly kind: "static" }
  | { readonly kind: "stub-status" }
  | { readonly kind: "empty-gif" }
  | { readonly kind: "proxy"; readonly pass: ProxyPass }
  /** A directive such as `fastcgi_pass` that the edge does not honour. */
  | { readonly kind: "unsupported"; readonly directive: string };

export interface ProxyPass {
  /** The whole word, with its variables. */
  readonly target: Template;
  /** The parts, when it has no variables. */
  readonly fixed: PassTarget | undefined;
  /** How many characters of the URI the location's prefix is, for the replacement by `uri`. */
  readonly replaced: number;
  readonly place: Place | undefined;
}

export interface PassTarget {
  readonly scheme: "http" | "https";
  /** The name of an upstream or `host:port` as written. */
  readonly authority: string;
  /** From the first slash on; undefined where nothing follows the authority. */
  readonly uri: string | undefined;
}

export interface TryFiles {
  readonly candidates: readonly { readonly path: Template; readonly isFolder: boolean }[];
  readonly last:
    | { readonly kind: "uri"; readonly uri: Template }
    | { readonly kind: "named"; readonly name: string }
    | { readonly kind: "status"; readonly status: number };
}

/** One step of the rewrite module, in the order of the text. */
export type Action =
  | { readonly kind: "set"; readonly variable: string; readonly value: Template }
  | {
      readonly kind: "rewrite";
      readonly regex: RegExp;
      readonly path: Template;
      /** What follows `?` in the replacement; undefined without one. */
      readonly query: Template | undefined;
      /** Whether the request's own arguments are appended. */
      readonly keepsQuery: boolean;
      readonly flag: "last" | "break" | "redirect" | "permanent" | undefined;
    }
  | { readonly kind: "return"; readonly status: number; readonly text: Template | undefined }
  | { readonly kind: "break" }
  | {
      readonly kind: "if";
      readonly condition: Condition;
      readonly actions: readonly Action[];
      /** What the request takes when the condition holds; undefined in a server's own `if`. */
      readonly location: Location | undefined;
    };

export type Condition =
  | { readonly kind: "truth"; readonly value: Template }
  | { readonly kind: "equal"; readonly value: Template; readonly other: Template; readonly isNegated: boolean }
  | { readonly kind: "match"; readonly value: Template; readonly regex: RegExp; readonly isNegated: boolean }
  | {
      readonly kind: "file";
      readonly test: "file" | "directory" | "exists" | "executable";
      readonly path: Template;
      readonly isNegated: boolean;
    };

export interface Upstream {
  readonly name: string;
  readonly peers: readonly Peer[];
  readonly balance: Balance;
  /** How many idle connections are kept; 0 for none. */
  readonly keepalive: number;
  readonly keepaliveTimeoutMs: number;
  readonly keepaliveRequests: number;
}

export interface Peer {
  /** As written, with its port: what `$upstream_addr` shows for an address. */
  readonly address: string;
  readonly host: string;
  readonly port: number;
  readonly weight: number;
  /** 0: failures are not counted. */
  readonly maxFails: number;
  readonly failTimeoutMs: number;
  /** 0: no limit. */
  readonly maxConnections: number;
  readonly isBackup: boolean;
  readonly isDown: boolean;
}

export type Balance =
  | { readonly kind: "round-robin" | "least-connections" | "ip-hash" }
  | { readonly kind: "random"; readonly isTwo: boolean }
  | { readonly kind: "hash"; readonly key: Template; readonly isConsistent: boolean };

/** One variable's `map`. */
export interface ValueMap {
  /** The variable's value, from the values of the others; a matching regular expression's groups are handed on. */
  evaluate(lookup: Lookup, capture: (match: RegExpExecArray) => void): string;
}

export interface LogFormat {
  readonly template: Template;
  readonly escape: "default" | "json" | "none";
}

export interface LimitZone {
  readonly name: string;
  readonly key: Template;
  /** Requests a second. */
  readonly rate: number;
}
