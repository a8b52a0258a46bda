/** One way into the stack: what answers at a host and a path. Exactly one of `to`, `redirect`, `folder` and `maintenance`. */
export interface RouteConfig {
  /**
   * A label stands below the project's name: "admin" is admin.shop.localhost here, and admin.shop.example in production. A name with a dot is taken
   * as it is. Without it: the project's own name.
   * @example host: "admin"
   */
  readonly host?: string;
  /** All that begins with it; "/" unless said. @example path: "/api/" */
  readonly path?: string;
  /** That path alone. */
  readonly exact?: boolean;
  /** A service, and its port where it has several. @example to: "api:3000" */
  readonly to?: string;
  /** An address or a path; 308 unless said. Variables of nginx are filled in. @example redirect: "https://$host/new$is_args$args" */
  readonly redirect?: string | { readonly to: string; readonly status: 301 | 302 | 303 | 307 | 308 };
  /** A folder of files, relative to the project. @example folder: "public" */
  readonly folder?: string;
  /** With `folder`: the file for every path that no file has. @example fallback: "/index.html" */
  readonly fallback?: string;
  /** Answers 503 with these words. @example maintenance: "Back at nine." */
  readonly maintenance?: string;
  /** Takes the place of `path` on the way to the service. @example rewrite: "/" */
  readonly rewrite?: string;
  /** Seconds for which an answer may be silent; an hour unless said, so that WebSockets and event streams stay. */
  readonly timeout?: number;
  /** How many more instances are tried when one cannot be reached; every one unless said. */
  readonly retries?: number;
  /** How several instances share the work; "round-robin" unless said. */
  readonly balance?: "round-robin" | "least-connections" | "ip-hash";
  /** Added to each answer. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Set on each request to the service. */
  readonly requestHeaders?: Readonly<Record<string, string>>;
  /** The longest body of a request, in bytes; any unless said. */
  readonly maxBody?: number;
  /** Requests a second that one client may send. */
  readonly perSecond?: number;
}

/** A route with its defaults. Times in milliseconds. */
export interface RouteSettings {
  readonly host: string | undefined;
  readonly path: string;
  readonly isExact: boolean;
  readonly answer: RouteAnswer;
  readonly headers: Readonly<Record<string, string>>;
}

export type RouteAnswer =
  | {
      readonly kind: "service";
      readonly service: string;
      /** Undefined: the port that it publishes or exposes. */
      readonly port: number | undefined;
      readonly rewrite: string | undefined;
      readonly timeoutMs: number | undefined;
      readonly tries: number | undefined;
      readonly balance: "round-robin" | "least-connections" | "ip-hash";
      readonly requestHeaders: Readonly<Record<string, string>>;
      readonly maxBodyBytes: number | undefined;
      readonly perSecond: number | undefined;
    }
  | { readonly kind: "redirect"; readonly to: string; readonly status: 301 | 302 | 303 | 307 | 308 }
  | { readonly kind: "folder"; readonly folder: string; readonly fallback: string | undefined }
  | { readonly kind: "maintenance"; readonly text: string };
