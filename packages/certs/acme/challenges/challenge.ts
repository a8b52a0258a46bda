/** One question of an authority: what it wants to find. */
export interface Challenge {
  readonly domain: string;
  readonly token: string;
  /** The text to show: in a file for http-01, as a TXT record for dns-01. */
  readonly answer: string;
}

/** One way to show that names are ours (RFC 8555, section 8). */
export interface ChallengeSolver {
  readonly type: "http-01" | "dns-01";
  /** Resolves when the authority may look. @throws DevError CHALLENGE_PORT, DNS_COMMAND_FAILED */
  set(challenge: Challenge, signal: AbortSignal): Promise<void>;
  /** Takes it away again; also after a failure. @throws DevError DNS_COMMAND_FAILED */
  clean(challenge: Challenge): Promise<void>;
  /** What was seen of the authority's look, for a failure: a line each. */
  seen(challenge: Challenge): readonly string[];
  /** What to look at when it fails. */
  readonly hint: string;
}
