import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { createSecureContext, type SecureContext, type SecureContextOptions, type TlsOptions } from "node:tls";
import { type AddressServers, findServer, type Server, type TlsSettings } from "@drydock/nginx";
import { badCertificate } from "./errors.ts";

/** The contexts of a configuration that were made already, by what they say: each takes milliseconds, and its servers often say the same. */
export type TlsContexts = Map<string, SecureContext>;

/**
 * TLS for the servers of one address: the name that a client asks for chooses the certificate (SNI).
 * @throws DevError EDGE_BAD_CERTIFICATE
 */
export function tlsOptions(address: AddressServers, prefix: string, made: TlsContexts): TlsOptions {
  const contexts = new Map<Server, SecureContext>();
  for (const server of address.servers) if (server.tls) contexts.set(server, contextFor(server.tls, prefix, made));
  const { tls } = address.fallback;
  return {
    ...(tls ? contextOptions(tls, prefix) : {}),
    requestCert: address.servers.some((server) => server.tls && server.tls.verifyClient !== "off"),
    rejectUnauthorized: tls?.verifyClient === "on",
    SNICallback: (name, done) => {
      const { server } = findServer(address, name.toLowerCase());
      if (server.tls?.rejectsHandshake) done(new Error("unrecognized name"));
      else done(null, contexts.get(server));
    },
  };
}

function contextFor(tls: TlsSettings, prefix: string, made: TlsContexts): SecureContext {
  const key = JSON.stringify(tls);
  const context = made.get(key) ?? makeContext(tls, prefix);
  made.set(key, context);
  return context;
}

function makeContext(tls: TlsSettings, prefix: string): SecureContext {
  const [first] = tls.certificates;
  try {
    return createSecureContext(contextOptions(tls, prefix));
  } catch (error) {
    throw badCertificate(resolve(prefix, first?.certificate ?? ""), error);
  }
}

function contextOptions(tls: TlsSettings, prefix: string): SecureContextOptions {
  const read = (path: string): Buffer => {
    try {
      return readFileSync(resolve(prefix, path));
    } catch (error) {
      throw badCertificate(resolve(prefix, path), error);
    }
  };
  const versions = tls.protocols.filter((word) => word.startsWith("TLSv1"));
  return {
    cert: tls.certificates.map(({ certificate }) => read(certificate)),
    key: tls.certificates.map(({ key }) => read(key)),
    ...(tls.clientCertificate === undefined ? {} : { ca: read(tls.clientCertificate) }),
    // nginx names ciphers for TLS 1.2 and older as OpenSSL does; those of TLS 1.3 stay what they are.
    ...(tls.ciphers === undefined ? {} : { ciphers: `${tls.ciphers}:${thirteen}` }),
    ecdhCurve: knownCurves(tls.curves ?? "auto"),
    honorCipherOrder: tls.prefersServerCiphers,
    minVersion: lowest.find((version) => versions.includes(version)) ?? "TLSv1.2",
    maxVersion: lowest.findLast((version) => versions.includes(version)) ?? "TLSv1.3",
  };
}

/** Those of a list that this OpenSSL has: new ones, such as X25519MLKEM768, are written for newer ones too. */
function knownCurves(list: string): string {
  const known = list.split(":").filter(isKnownCurve);
  return known.length === 0 ? "auto" : known.join(":");
}

const curves = new Map<string, boolean>();

function isKnownCurve(name: string): boolean {
  const asked = curves.get(name);
  if (asked !== undefined) return asked;
  let isKnown = true;
  try {
    createSecureContext({ ecdhCurve: name });
  } catch {
    isKnown = false;
  }
  curves.set(name, isKnown);
  return isKnown;
}

const thirteen = "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256";
const lowest = ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"] as const;
