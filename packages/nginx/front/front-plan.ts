import type { HostPort } from "@drydock/core";

/** A front: the proxy before a stack's services, with TLS. One plan renders for this machine and for production. */
export interface FrontPlan {
  /** Of the nginx that reads it: `1.30.0`. */
  readonly version: string;
  /** Addresses for HTTPS, as `listen` takes them: `127.0.0.1:8443`, `443`. */
  readonly listen: readonly string[];
  /** Addresses for plain HTTP, which is sent on to HTTPS; none: only the HTTPS addresses tell plain HTTP where to go. */
  readonly plainListen: readonly string[];
  /** Paths of PEM files; one file may have both. */
  readonly certificate: string;
  readonly key: string;
  readonly accessLog: string;
  readonly sites: readonly FrontSite[];
  /** Answered at `generationHost`, so that whoever reloads sees which configuration serves; undefined: not served. */
  readonly generation: string | undefined;
  /** Asked for the names of upstreams whenever their addresses expire, as `resolver` takes it; undefined: addresses are fixed. */
  readonly resolver: string | undefined;
  /** Answers below /.drydock/: a script, put into pages of the routes that want it, and the events that it waits for. Only ever on this machine. */
  readonly pages?: HostPort;
  /**
   * Who is asked, over HTTP, when no server of a service takes a request: it holds the request until one does, and reads `waitingHeaders`. Missing: the
   * service's words are answered at once.
   */
  readonly waitingRoom?: HostPort;
  /** Where nginx may leave temporary files, absolute; missing: where it was built to. */
  readonly temporaryFolder?: string;
}

/** What the waiting room is told beside the request itself. */
export const waitingHeaders = {
  /** The upstream's name. */
  upstream: "X-Front-Upstream",
  /** The route's path, and what takes its place: a named location passes the address as it was asked for. */
  from: "X-Front-From",
  to: "X-Front-To",
  /** `$upstream_bytes_sent` and `$upstream_status` of the tries so far: what a server may have carried out is not sent again. */
  sent: "X-Front-Sent",
  status: "X-Front-Status",
} as const;

/** What is served at some host names. */
export interface FrontSite {
  readonly hosts: readonly string[];
  readonly routes: readonly FrontRoute[];
}

/** What answers a path. Times in milliseconds. */
export interface FrontRoute {
  readonly path: string;
  /** That path alone; else all that begins with it. */
  readonly isExact: boolean;
  readonly answer: FrontAnswer;
  /** Added to every answer; variables of nginx are filled in. */
  readonly headers: Readonly<Record<string, string>>;
  /** The script of `FrontPlan.pages` is put into the pages that this route answers with. */
  readonly hasPageScript?: boolean;
}

export type FrontAnswer =
  | FrontService
  | { readonly kind: "redirect"; readonly to: string; readonly status: 301 | 302 | 303 | 307 | 308 }
  /** `fallback`: the file for paths that no file has, such as `/index.html`. */
  | { readonly kind: "folder"; readonly directory: string; readonly fallback: string | undefined }
  /** Nothing to pass to, or not now: 503 with these words. */
  | { readonly kind: "unavailable"; readonly text: string };

/** A service that requests are passed to. */
export interface FrontService {
  readonly kind: "service";
  readonly upstream: FrontUpstream;
  /** Takes the place of the route's path; undefined: the path stays. */
  readonly rewrite: string | undefined;
  /** How long an answer may be silent; undefined: an hour, so that WebSockets and event streams stay. */
  readonly timeoutMs: number | undefined;
  /** How many servers are tried when one cannot be reached; 1 tries no other. */
  readonly tries: number | undefined;
  /** Set for the service, in addition to the usual ones. */
  readonly requestHeaders: Readonly<Record<string, string>>;
  /** Bytes of a request's body; undefined: any. */
  readonly maxBodyBytes: number | undefined;
  /** Requests a second of one client; more are held back for a moment, then refused (429). */
  readonly perSecond: number | undefined;
  /** What is answered when no server can be reached: 503 with these words; undefined: the proxy's own page. */
  readonly unavailable: string | undefined;
}

/** Servers that share the work. Two routes with the same name mean the same upstream. */
export interface FrontUpstream {
  readonly name: string;
  readonly scheme: "http" | "https";
  readonly servers: readonly HostPort[];
  readonly balance: "round-robin" | "least-connections" | "ip-hash";
}

/** The host name, of no one, at which a front's generation is read: `GET /generation`. */
export const generationHost = "front.invalid";
