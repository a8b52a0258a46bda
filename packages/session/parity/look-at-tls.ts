import { X509Certificate } from "node:crypto";
import {
  type ConnectionOptions,
  connect,
  getCiphers,
  type PeerCertificate,
  rootCertificates,
  type TLSSocket,
} from "node:tls";
import { patienceMs } from "./ask-site.ts";
import type { SiteAddress } from "./site-address.ts";
import type { CertificateLook, TlsLook } from "./site-look.ts";

const versions = ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"] as const;
type Version = (typeof versions)[number];

/**
 * Shakes hands until it is known what a site offers: versions, suites, HTTP/2, and its certificate, judged by the public authorities and `authorityPem`.
 * Undefined when no handshake succeeds.
 */
export async function lookAtTls(
  address: SiteAddress,
  authorityPem: string | undefined,
  signal: AbortSignal,
): Promise<TlsLook | undefined> {
  const ca = authorityPem === undefined ? [...rootCertificates] : [...rootCertificates, authorityPem];
  const first = await shake(address, { ca, ALPNProtocols: ["h2", "http/1.1"] }, signal);
  if (!first) return undefined;
  const offered: Version[] = [];
  const suites: Record<string, readonly string[]> = {};
  for (const version of versions) {
    const taken = await suitesOf(address, version, signal);
    if (taken.length === 0) continue;
    offered.push(version);
    suites[version] = taken;
  }
  return { versions: offered, suites, hasHttp2: first.protocol === "h2", certificate: first.certificate };
}

interface Handshake {
  readonly suite: string;
  readonly protocol: string | false | null;
  readonly certificate: CertificateLook;
}

// As many as a server has at most; each is one handshake.
const mostSuites = 24;

/** What a server takes of a version, in its own order: what it chose is left out the next time, until it takes nothing. */
async function suitesOf(address: SiteAddress, version: Version, signal: AbortSignal): Promise<readonly string[]> {
  const is13 = version === "TLSv1.3";
  const all = getCiphers()
    .map((name) => name.toUpperCase())
    .filter((name) => name.startsWith("TLS_") === is13 && !/PSK|SRP|NULL/.test(name));
  const taken: string[] = [];
  while (taken.length < mostSuites) {
    const left = all.filter((name) => !taken.includes(name));
    if (left.length === 0) break;
    // What old versions need is off unless the security level is lowered (openssl-ciphers, SECLEVEL).
    const ciphers = is13 ? left.join(":") : `${left.join(":")}:@SECLEVEL=0`;
    const found = await shake(address, { minVersion: version, maxVersion: version, ciphers }, signal);
    if (!found || taken.includes(found.suite)) break;
    taken.push(found.suite);
  }
  return taken;
}

/** One handshake; undefined when it fails. Nothing is refused: what clients would refuse is told. */
function shake(
  { connect: host, servername, port }: SiteAddress,
  options: ConnectionOptions,
  signal: AbortSignal,
): Promise<Handshake | undefined> {
  return new Promise((resolve, reject) => {
    let socket: TLSSocket;
    try {
      socket = connect({
        host,
        port,
        rejectUnauthorized: false,
        ...(servername === undefined ? {} : { servername }),
        ...options,
      });
    } catch {
      // This OpenSSL has none of these suites.
      resolve(undefined);
      return;
    }
    const abort = () => {
      socket.destroy();
      reject(signal.reason);
    };
    const end = (value: Handshake | undefined) => {
      signal.removeEventListener("abort", abort);
      socket.destroy();
      resolve(value);
    };
    signal.addEventListener("abort", abort, { once: true });
    socket.setTimeout(patienceMs, () => end(undefined));
    socket.once("error", () => end(undefined));
    socket.once("secureConnect", () => end(readHandshake(socket, servername)));
  });
}

function readHandshake(socket: TLSSocket, servername: string | undefined): Handshake {
  const peer: PeerCertificate = socket.getPeerCertificate();
  const certificate = new X509Certificate(peer.raw);
  const isNamed = servername === undefined || certificate.checkHost(servername, { subject: "never" }) !== undefined;
  const refusal = socket.authorized ? undefined : String(socket.authorizationError ?? "not trusted");
  return {
    suite: socket.getCipher().name,
    protocol: socket.alpnProtocol,
    certificate: {
      names: (certificate.subjectAltName ?? "").split(", ").map((name) => name.replace(/^[^:]*:/, "")),
      issuer: /^CN=(.*)$/m.exec(certificate.issuer)?.[1] ?? certificate.issuer.replaceAll("\n", ", "),
      validUntil: Date.parse(certificate.validTo),
      refusedBecause: refusal ?? (isNamed ? undefined : `it is not for ${servername}`),
    },
  };
}
