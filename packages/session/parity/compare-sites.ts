import type { ParityLine } from "@drydock/nginx";
import { compareSiteHeaders } from "./compare-site-headers.ts";
import type { SiteLook, TlsLook } from "./site-look.ts";

/** What a line is made of, before both sides are compared. */
interface Question {
  readonly topic: string;
  readonly weight: ParityLine["weight"];
  readonly theirs: string;
  readonly ours: string;
  readonly isSame?: boolean;
  readonly advice: string;
}

/** Compares a live site with ours as both were seen: TLS, redirects, headers. `now` in milliseconds. Pure. */
export function compareSites(theirs: SiteLook, ours: SiteLook, now: number): readonly ParityLine[] {
  const questions: readonly Question[] = [
    {
      topic: "status",
      weight: 3,
      theirs: String(theirs.status),
      ours: String(ours.status),
      advice: "look at what answers this path",
    },
    {
      topic: "HTTPS",
      weight: 3,
      theirs: theirs.tls ? "on" : "off",
      ours: ours.tls ? "on" : "off",
      advice: "compare addresses that begin with https://",
    },
    ...(theirs.tls && ours.tls ? tlsQuestions(theirs.tls, ours.tls, now) : []),
    ...(theirs.plain !== undefined && ours.plain !== undefined
      ? [
          {
            topic: "plain HTTP",
            weight: 3 as const,
            theirs: theirs.plain,
            ours: ours.plain,
            advice: "in production write `return 308 https://$host$request_uri;` in the server for port 80",
          },
        ]
      : []),
  ];
  return [...questions.map((question) => lineOf(question, theirs.host)), ...compareSiteHeaders(theirs, ours)];
}

function tlsQuestions(theirs: TlsLook, ours: TlsLook, now: number): readonly Question[] {
  const both = [...new Set([...theirs.versions, ...ours.versions])].filter(
    (version) => theirs.versions.includes(version) && ours.versions.includes(version),
  );
  const good = [theirs, ours].map((look) => problemOf(look, now) === undefined);
  return [
    {
      topic: "TLS versions",
      weight: 3,
      theirs: theirs.versions.join(" "),
      ours: ours.versions.join(" "),
      advice: `in production write \`ssl_protocols ${ours.versions.join(" ")};\``,
    },
    ...both.map((version): Question => {
      const [their, our] = [theirs.suites[version] ?? [], ours.suites[version] ?? []];
      // The certificate's key decides which of a pair is taken, and the client which comes first.
      const meaning = (suites: readonly string[]) =>
        [...new Set(suites.map((suite) => suite.replace(/ECDHE-(?:RSA|ECDSA)/, "ECDHE")))].toSorted().join(" ");
      return {
        topic: `${version} suites`,
        weight: version === "TLSv1.3" ? 1 : 2,
        theirs: their.join(" "),
        ours: our.join(" "),
        isSame: meaning(their) === meaning(our),
        advice: "in production write the ssl_ciphers that `dev proxy render --for production` prints",
      };
    }),
    {
      topic: "HTTP/2",
      weight: 2,
      theirs: theirs.hasHttp2 ? "on" : "off",
      ours: ours.hasHttp2 ? "on" : "off",
      advice: ours.hasHttp2
        ? "in production write `http2 on;`"
        : "here: the front speaks HTTP/2; look at what --with names",
    },
    {
      topic: "certificate",
      weight: 3,
      theirs: certificateText(theirs, now),
      ours: certificateText(ours, now),
      isSame: good[0] === good[1],
      advice: good[0]
        ? "here: dev certs check says what to do"
        : "in production: renew it (dev certs issue --directory production)",
    },
  ];
}

// Let's Encrypt renews at 30 days of 90; below two weeks something has failed for two weeks.
const shortMs = 14 * 86_400_000;

function problemOf({ certificate }: TlsLook, now: number): string | undefined {
  if (certificate.refusedBecause !== undefined) return `refused: ${certificate.refusedBecause}`;
  return certificate.validUntil - now < shortMs ? "ends soon" : undefined;
}

function certificateText(look: TlsLook, now: number): string {
  const days = Math.floor((look.certificate.validUntil - now) / 86_400_000);
  const problem = problemOf(look, now);
  return `${days} days left, of ${look.certificate.issuer}${problem === undefined ? "" : `, ${problem}`}`;
}

function lineOf({ topic, weight, theirs, ours, isSame = theirs === ours, advice }: Question, site: string): ParityLine {
  return {
    site,
    location: undefined,
    topic,
    isSame,
    weight,
    theirs: { text: theirs, place: undefined },
    ours: { text: ours, place: undefined },
    advice: isSame ? undefined : advice,
  };
}
