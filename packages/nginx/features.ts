/** Directives that came with a version after 1.18, the oldest nginx in a distribution that is still supported (https://nginx.org/en/CHANGES). */
const since = new Map([
  ["ssl_reject_handshake", "1.19.4"],
  ["keepalive_time", "1.19.10"],
  ["ssl_conf_command", "1.19.4"],
  ["proxy_cookie_flags", "1.19.3"],
  ["http2", "1.25.1"],
  ["http3", "1.25.0"],
  ["http3_hq", "1.25.0"],
  ["quic_retry", "1.25.0"],
  ["quic_gso", "1.25.0"],
  ["ssl_key_log", "1.27.2"],
  ["keepalive_min_timeout", "1.27.4"],
  ["sticky", "1.29.6"],
]);

/** The version that a directive needs when the one at hand is older; undefined when it is fine. */
export function missingFeature(directive: string, version: string): string | undefined {
  const needed = since.get(directive);
  return needed !== undefined && isOlder(version, needed) ? needed : undefined;
}

/** Compares versions such as `1.22.1` number by number. */
export function isOlder(version: string, than: string): boolean {
  const [left, right] = [version, than].map((text) => text.split(".").map(Number));
  for (let index = 0; index < 3; index++) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
