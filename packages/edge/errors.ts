import { DevError } from "@drydock/core";

/** Builds EDGE_CANNOT_READ (exit 2): the configuration file cannot be read. */
export const cannotRead = (file: string, cause: unknown): DevError =>
  new DevError("EDGE_CANNOT_READ", `The configuration ${file} cannot be read: ${wordsOf(cause)}.`, {
    exitCode: 2,
    hint: "Give the path of an nginx configuration file.",
    cause,
  });

/** Builds EDGE_CANNOT_LISTEN (exit 1): an address is taken or not allowed. */
export const cannotListen = (host: string, port: number, cause: unknown): DevError =>
  new DevError("EDGE_CANNOT_LISTEN", `The edge cannot listen on ${host}:${port}: ${wordsOf(cause)}.`, {
    hint: "Stop what holds that port, or write another one after listen.",
    cause,
  });

/** Builds EDGE_BAD_CERTIFICATE (exit 2): a certificate or its key cannot be used. */
export const badCertificate = (file: string, cause: unknown): DevError =>
  new DevError("EDGE_BAD_CERTIFICATE", `The certificate ${file} cannot be used: ${wordsOf(cause)}.`, {
    exitCode: 2,
    hint: "Check that the certificate and its key exist and belong together: openssl x509 -noout -text -in FILE",
    cause,
  });

const words: Readonly<Record<string, string>> = {
  EADDRINUSE: "something else listens there",
  EACCES: "this account may not",
  EADDRNOTAVAIL: "this machine does not have that address",
  ENOENT: "it does not exist",
};

function wordsOf(cause: unknown): string {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  return words[code] ?? (cause instanceof Error ? cause.message : String(cause));
}
