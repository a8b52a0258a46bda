import type { RequestAttempt, WebRequest } from "@drydock/core";

/**
 * One line of a proxy's access log in JSON, as a front's or a team's own nginx.conf writes it; undefined where it is none, or tells neither what was
 * asked nor what was answered. `readAt`: when the line was seen, in milliseconds; it makes whole seconds exact where the two agree.
 */
export function readAccessLine(text: string, readAt: number, proxy: string | undefined): WebRequest | undefined {
  if (!text.startsWith("{")) return undefined;
  const line = parseObject(text);
  if (!line) return undefined;
  const told = requestOf(line);
  if (!told) return undefined;
  const seconds = numberOf(line.seconds ?? line.request_time);
  const durationMs = seconds === undefined ? 0 : Math.round(seconds * 1_000);
  const headers = headersOf(line);
  return {
    at: endOf(line, readAt) - durationMs,
    ...(proxy === undefined ? {} : { proxy }),
    ...told,
    host: textOf(line.host),
    ...(textOf(line.protocol) === "" ? {} : { protocol: textOf(line.protocol) }),
    durationMs,
    bytes: numberOf(line.bytes ?? line.body_bytes_sent) ?? 0,
    requestId: textOf(line.requestId ?? line.request_id),
    ...(headers === undefined ? {} : { headers }),
    attempts: attemptsOf(line),
  };
}

type Fields = Readonly<Record<string, unknown>>;

function parseObject(text: string): Fields | undefined {
  try {
    const data: unknown = JSON.parse(text);
    return typeof data === "object" && data !== null ? { ...data } : undefined;
  } catch {
    return undefined;
  }
}

/** From fields of their own, else from a message such as `GET /api/orders 200`. */
function requestOf(line: Fields): Pick<WebRequest, "method" | "uri" | "status"> | undefined {
  const status = numberOf(line.status);
  const uri = textOf(line.uri ?? line.request_uri);
  if (status !== undefined && uri !== "") return { method: textOf(line.method ?? line.request_method), uri, status };
  const said = /^([A-Z]+) (\S+) (\d{3})$/.exec(textOf(line.msg ?? line.message));
  if (!said || line.upstream === undefined) return undefined;
  return { method: said[1] ?? "", uri: said[2] ?? "", status: Number(said[3]) };
}

/** When the answer had been given. `$time_iso8601` has whole seconds. */
function endOf(line: Fields, readAt: number): number {
  const second = Date.parse(textOf(line.time ?? line.timestamp));
  if (Number.isNaN(second)) return readAt;
  // A line is written after its second began, and read soon after.
  return readAt >= second && readAt < second + 2_000 ? Math.min(readAt, second + 999) : second;
}

const headerNames: Readonly<Record<string, string>> = {
  userAgent: "user-agent",
  referer: "referer",
  contentType: "content-type",
  forwardedFor: "x-forwarded-for",
};

function headersOf(line: Fields): WebRequest["headers"] {
  const found = Object.entries(headerNames)
    .filter(([field]) => textOf(line[field]) !== "")
    .map(([field, name]) => [name, textOf(line[field])] as const);
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

/** `a, b : c`: servers that were asked, those after a colon because of an internal redirect (ngx_http_upstream_module, `$upstream_addr`). */
function attemptsOf(line: Fields): readonly RequestAttempt[] {
  const split = (value: unknown): readonly string[] => textOf(value).split(/, | : /);
  const addresses = split(line.upstream ?? line.upstream_addr).filter((address) => address !== "" && address !== "-");
  const statuses = split(line.upstreamStatus ?? line.upstream_status);
  const times = split(line.upstreamSeconds ?? line.upstream_response_time);
  return addresses.map((address, index) => {
    const status = numberOf(statuses[index]);
    const seconds = numberOf(times[index]);
    return {
      address,
      ...(status === undefined ? {} : { status }),
      ...(seconds === undefined ? {} : { durationMs: Math.round(seconds * 1_000) }),
    };
  });
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

function numberOf(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "string" || !/^\d+(?:\.\d+)?$/.test(value)) return undefined;
  return Number(value);
}
