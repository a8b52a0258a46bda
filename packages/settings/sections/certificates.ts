/** Certificates that others sign: production's, by an ACME authority (RFC 8555). */
export interface CertificatesConfig {
  /** What `dev certs issue` gets and renews. */
  readonly production?: PublicCertificateConfig;
}

/**
 * One certificate of an ACME authority.
 * @example production: { domains: ["shop.example", "*.shop.example"], email: "ops@shop.example", challenge: { type: "dns-01", command: ["./dns.sh"] } }
 */
export interface PublicCertificateConfig {
  /** Its names; the first names the file. Without it: `front.domain`. A wildcard needs dns-01. */
  readonly domains?: readonly string[];
  /** Where the authority writes to before a certificate ends. */
  readonly email?: string;
  /**
   * "staging" (the default) and "production" are Let's Encrypt's; another authority is named by the URL of its directory. `--directory` wins.
   * @example directory: "https://acme.corp.internal/directory"
   */
  readonly directory?: string;
  /** The PEM file of the authority that signed an internal directory's own certificate. */
  readonly directoryAuthority?: string;
  /** True: you agree to the authority's terms of service, which `dev certs issue` shows. */
  readonly agreesToTerms?: boolean;
  /** How the authority sees that the names are yours. Without it: http-01 on port 80 of this machine. */
  readonly challenge?: ChallengeConfig;
  /** "ecdsa" is P-256, "rsa" has 2048 bits. */
  readonly keyType?: "ecdsa" | "rsa";
  /** Where key and chain are written, as one PEM file that nginx takes for both. A rehearsal with staging never replaces what is there. Without it: in your data folder. */
  readonly file?: string;
  /** Runs when the file is a new one. @example onChange: ["nginx", "-s", "reload"] */
  readonly onChange?: readonly string[];
}

/** One way to show that a name is ours (RFC 8555, section 8). */
export type ChallengeConfig =
  /** `webroot`: a web server that runs already serves files from this folder at port 80. Else we listen ourselves, on `port`, where port 80 leads to. */
  | { readonly type: "http-01"; readonly port?: number; readonly webroot?: string }
  /**
   * `command` runs with four more words: `set` or `clean`, the domain, the record's name (`_acme-challenge.shop.example`), the TXT value. `settleSeconds`
   * is how long the zone's name servers need until all of them know it; 10 unless said.
   */
  | { readonly type: "dns-01"; readonly command: readonly string[]; readonly settleSeconds?: number };

/** The same with its defaults. */
export interface PublicCertificateSettings {
  /** Empty: the front's domain. */
  readonly domains: readonly string[];
  readonly email: string | undefined;
  readonly directory: string;
  /** A path, relative to the project. */
  readonly directoryAuthority: string | undefined;
  readonly agreesToTerms: boolean;
  readonly challenge: ChallengeSettings;
  readonly keyType: "ecdsa" | "rsa";
  /** A path, relative to the project; undefined: in the user's data folder. */
  readonly file: string | undefined;
  readonly onChange: readonly string[];
}

export type ChallengeSettings =
  | { readonly kind: "http-listener"; readonly port: number }
  | { readonly kind: "http-webroot"; readonly folder: string }
  | { readonly kind: "dns-command"; readonly command: readonly string[]; readonly settleMs: number };

/** What `certificates` means. */
export interface CertificatesSettings {
  /** Undefined where the project says nothing of it. */
  readonly production: PublicCertificateSettings | undefined;
}

/** What a project that says nothing of it means, for `dev certs issue` with a domain alone. */
export const defaultPublicCertificate: PublicCertificateSettings = {
  domains: [],
  email: undefined,
  directory: "staging",
  directoryAuthority: undefined,
  agreesToTerms: false,
  challenge: { kind: "http-listener", port: 80 },
  keyType: "ecdsa",
  file: undefined,
  onChange: [],
};
