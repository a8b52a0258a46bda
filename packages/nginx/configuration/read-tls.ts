import type { Directive } from "../directive.ts";
import type { TlsSettings } from "./model.ts";
import type { Report } from "./report.ts";
import { values } from "./words.ts";

const verifyModes = ["off", "on", "optional", "optional_no_ca"] as const;

/** ngx_http_ssl_module's directives of a server, or of `http` where the server has none of that name. */
export function readTls(
  server: Directive,
  block: readonly Directive[],
  http: readonly Directive[],
  report: Report,
): TlsSettings {
  const all = (name: string): readonly Directive[] => {
    const own = block.filter((each) => each.name === name);
    return own.length > 0 ? own : http.filter((each) => each.name === name);
  };
  const first = (name: string) => all(name).at(-1)?.words && values(all(name).at(-1) ?? server);
  const certificates = all("ssl_certificate").map((at) => values(at)[0] ?? "");
  const keys = all("ssl_certificate_key").map((at) => values(at)[0] ?? "");
  const rejectsHandshake = first("ssl_reject_handshake")?.[0] === "on";
  if (certificates.length === 0 && !rejectsHandshake)
    report.problem(
      server,
      'no "ssl_certificate" is given for a server that listens with ssl',
      "write: ssl_certificate FILE; ssl_certificate_key FILE;",
    );
  if (keys.length < certificates.length)
    report.problem(server, 'an "ssl_certificate" has no "ssl_certificate_key"', "write: ssl_certificate_key FILE;");
  for (const name of [...certificates, ...keys])
    if (name.includes("$")) report.problem(server, `the certificate "${name}" has a variable`, "name a file");
  return {
    certificates: certificates.map((certificate, index) => ({ certificate, key: keys[index] ?? "" })),
    protocols: first("ssl_protocols") ?? ["TLSv1.2", "TLSv1.3"],
    ciphers: first("ssl_ciphers")?.[0],
    curves: first("ssl_ecdh_curve")?.[0],
    prefersServerCiphers: first("ssl_prefer_server_ciphers")?.[0] === "on",
    clientCertificate: first("ssl_client_certificate")?.[0],
    verifyClient: verifyModes.find((mode) => mode === first("ssl_verify_client")?.[0]) ?? "off",
    rejectsHandshake,
  };
}
