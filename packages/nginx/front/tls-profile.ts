import { type Directive, directive } from "../directive.ts";

/** Strict-Transport-Security for two years, without includeSubDomains: other names below localhost are other people's (Mozilla's guideline 6.0). */
export const strictTransport = "max-age=63072000";

/** Mozilla's intermediate profile (Server Side TLS guideline 6.0): TLS 1.2 with forward secrecy and 1.3, for what OpenSSL at hand has. */
export function tlsProfile(certificate: string, key: string): readonly Directive[] {
  return [
    directive("ssl_certificate", certificate),
    directive("ssl_certificate_key", key),
    directive("ssl_protocols", "TLSv1.2", "TLSv1.3"),
    directive("ssl_ciphers", ciphers.join(":")),
    directive("ssl_ecdh_curve", "X25519:prime256v1:secp384r1"),
    directive("ssl_prefer_server_ciphers", "off"),
    directive("ssl_session_timeout", "1d"),
    directive("ssl_session_cache", "shared:front:10m"),
  ];
}

const ciphers = [
  "ECDHE-ECDSA-AES128-GCM-SHA256",
  "ECDHE-RSA-AES128-GCM-SHA256",
  "ECDHE-ECDSA-AES256-GCM-SHA384",
  "ECDHE-RSA-AES256-GCM-SHA384",
  "ECDHE-ECDSA-CHACHA20-POLY1305",
  "ECDHE-RSA-CHACHA20-POLY1305",
];
