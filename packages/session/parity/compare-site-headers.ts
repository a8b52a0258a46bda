import type { ParityLine } from "@drydock/nginx";
import type { SiteLook } from "./site-look.ts";

// Of one answer alone, or of whatever stands between: they differ each time.
const fleeting =
  /^(?:date|age|expires|etag|last-modified|content-length|content-range|transfer-encoding|connection|via|alt-svc|nel|report-to|server-timing|cf-.*|x-amz-.*|x-cache.*|x-served-by|x-timer|x-vercel-.*|fly-.*)$/;
// That they are there counts, not what is in them.
const presenceOnly: ReadonlySet<string> = new Set(["x-request-id", "x-response-time", "x-runtime"]);
const heavy: ReadonlySet<string> = new Set(["strict-transport-security", "location", "content-type"]);
const light: ReadonlySet<string> = new Set([
  "server",
  "x-powered-by",
  "content-encoding",
  "vary",
  "keep-alive",
  "x-request-id",
  "accept-ranges",
]);

/** Compares the headers of two answers, one line each: own host names count as the same, and what is made anew for each answer is left out. */
export function compareSiteHeaders(theirs: SiteLook, ours: SiteLook): readonly ParityLine[] {
  const [their, our] = [meanings(theirs), meanings(ours)];
  const names = [...new Set([...their.keys(), ...our.keys()])].toSorted();
  return names.map((name) => {
    const [a, b] = [their.get(name), our.get(name)];
    const isSame = a?.meaning === b?.meaning;
    return {
      site: theirs.host,
      location: undefined,
      topic: name,
      isSame,
      weight: heavy.has(name) ? 3 : light.has(name) ? 1 : 2,
      theirs: { text: a?.text ?? "not set", place: undefined },
      ours: { text: b?.text ?? "not set", place: undefined },
      advice: isSame ? undefined : advice(name, a?.text, b?.text),
    };
  });
}

function advice(name: string, theirs: string | undefined, ours: string | undefined): string {
  if (name === "strict-transport-security" && ours !== undefined)
    return `in production write \`add_header Strict-Transport-Security "${ours}" always;\``;
  if (name === "server" || name === "x-powered-by")
    return "in production write `server_tokens off;`: versions help who attacks";
  if (name === "content-encoding")
    return theirs === undefined ? "in production write `gzip on;`" : "here: compress as production does";
  if (theirs === undefined) return `production does not send ${name}: add it there, or let it be here`;
  return `here: send \`${name}: ${theirs}\` (headers of the route in dev.config.ts, or the service itself)`;
}

interface Meaning {
  readonly text: string;
  readonly meaning: string;
}

function meanings({ headers, host, url }: SiteLook): ReadonlyMap<string, Meaning> {
  const found = new Map<string, Meaning>();
  for (const [name, value] of headers) {
    if (fleeting.test(name)) continue;
    const before = found.get(name);
    const own = { text: value, meaning: meaningOf(name, value, host, new URL(url).host) };
    found.set(
      name,
      before ? { text: `${before.text}; ${own.text}`, meaning: `${before.meaning}; ${own.meaning}` } : own,
    );
  }
  return found;
}

function meaningOf(name: string, value: string, hostname: string, host: string): string {
  if (presenceOnly.has(name)) return "set";
  if (name === "set-cookie") return cookieMeaning(value);
  // nginx/1.30.0 and nginx are one server: what is told of it is a matter of server_tokens.
  if (name === "strict-transport-security") return `max-age=${/max-age=(\d+)/i.exec(value)?.[1] ?? "0"}`;
  if (name === "vary")
    return value
      .toLowerCase()
      .split(/\s*,\s*/)
      .toSorted()
      .join(", ");
  return value
    .replaceAll(host, "{host}")
    .replaceAll(hostname, "{host}")
    .replace(/'nonce-[^']*'/g, "'nonce'");
}

/** A cookie's name and what guards it; its value is each visitor's own. */
function cookieMeaning(value: string): string {
  const [pair = "", ...attributes] = value.split(/;\s*/);
  const guards = attributes
    .map((each) => each.toLowerCase())
    .filter((each) => /^(?:secure|httponly|samesite=)/.test(each));
  return [pair.split("=")[0], ...guards.toSorted()].join("; ");
}
