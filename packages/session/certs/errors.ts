import { DevError } from "@drydock/core";

/** Builds NO_CERTIFICATE_NAMES (exit 2): nothing says what production's certificate is for. */
export const noCertificateNames = () =>
  new DevError("NO_CERTIFICATE_NAMES", "The names that production's certificate is for are not known.", {
    exitCode: 2,
    hint: 'Name them: dev certs issue shop.example, or certificates: { production: { domains: ["shop.example"] } } in dev.config.ts.',
  });

/** Builds BAD_DIRECTORY (exit 2): `--directory` names no ACME authority. */
export const badDirectory = (word: string) =>
  new DevError("BAD_DIRECTORY", `--directory ${word} names no ACME authority.`, {
    exitCode: 2,
    hint: 'Write "staging" or "production" for Let\'s Encrypt, or the URL of a directory that begins with https://.',
  });

/** Builds WILDCARD_BY_HTTP (exit 2): what RFC 8555, section 8.3, leaves out. */
export const wildcardByHttp = (names: readonly string[]) =>
  new DevError("WILDCARD_BY_HTTP", `${names.join(", ")} cannot be shown to be yours by http-01.`, {
    exitCode: 2,
    hint: 'A wildcard needs challenge: { type: "dns-01", command: [...] } in dev.config.ts.',
  });

/** Builds PASSPHRASE_FILE (exit 2): the file that holds the passphrase has none. */
export const passphraseFileUnreadable = (file: string, why: string) =>
  new DevError("PASSPHRASE_FILE", `The passphrase of the authority's key cannot be read from ${file}: ${why}.`, {
    exitCode: 2,
    hint: "Its first line is the passphrase. --passphrase-file and DRYDOCK_CA_PASSPHRASE_FILE name it.",
  });
