/** What was seen of a live site, from outside. */
export interface SiteLook {
  readonly url: string;
  readonly host: string;
  readonly status: number;
  /** By name in lower case; several values of one name are several entries. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Undefined for a site without TLS. */
  readonly tls: TlsLook | undefined;
  /** What plain HTTP gets: `308 to https`, `served`, `nothing`. Undefined for a site without TLS. */
  readonly plain: string | undefined;
}

export interface TlsLook {
  /** Offered: `TLSv1.2`. */
  readonly versions: readonly string[];
  /** Suites that are taken, by version. */
  readonly suites: Readonly<Record<string, readonly string[]>>;
  /** Whether HTTP/2 is agreed to by ALPN (RFC 7301). */
  readonly hasHttp2: boolean;
  readonly certificate: CertificateLook;
}

export interface CertificateLook {
  readonly names: readonly string[];
  readonly issuer: string;
  /** Milliseconds since the epoch. */
  readonly validUntil: number;
  /** Why clients refuse it; undefined when they do not. */
  readonly refusedBecause: string | undefined;
}
