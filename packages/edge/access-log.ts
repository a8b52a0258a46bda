import type { AccessLogRule, LogFormat } from "@drydock/nginx";
import type { Exchange } from "./exchange.ts";

/** Writes a request to the logs of its location, and tells it as an event. */
export function logRequest(exchange: Exchange): void {
  for (const rule of exchange.settings.accessLog) writeRule(rule, exchange);
  const { onRequest } = exchange.generation.parts;
  if (!onRequest) return;
  const { attempts } = exchange;
  const durationMs = performance.now() - exchange.startedAt;
  onRequest({
    at: Date.now() - durationMs,
    method: exchange.method,
    host: exchange.host,
    uri: exchange.rawUri,
    status: exchange.status,
    durationMs,
    requestId: exchange.requestId,
    location: exchange.location.label,
    upstreamAddress: attempts.length === 0 ? undefined : attempts.map(({ address }) => address).join(", "),
    upstreamStatus: attempts.length === 0 ? undefined : attempts.map(({ status }) => status ?? "-").join(", "),
  });
}

function writeRule(rule: AccessLogRule, exchange: Exchange): void {
  const { generation, lookup } = exchange;
  const condition = rule.condition?.evaluate(lookup);
  if (condition === "" || condition === "0") return;
  const format = generation.configuration.logFormats.get(rule.format);
  if (format)
    generation.parts.logFiles.write(rule.path.evaluate(lookup), generation.prefix, formatLine(format, exchange));
}

/** A line of a log: each value escaped as the format says (ngx_http_log_module, log_format). */
function formatLine({ template, escape: kind }: LogFormat, { lookup }: Pick<Exchange, "lookup">): string {
  if (kind === "none") return template.evaluate(lookup);
  if (kind === "json") return template.evaluate((name) => escapeJson(lookup(name) ?? ""));
  return template.evaluate((name) => {
    const value = lookup(name);
    return value === undefined ? "-" : escapeDefault(value);
  });
}

function escapeJson(value: string): string {
  return /["\\\0-\x1f]/.test(value) ? JSON.stringify(value).slice(1, -1) : value;
}

/** `"`, `\` and what is not printable ASCII as `\xXX`. */
function escapeDefault(value: string): string {
  if (/^[ !#-[\]-~]*$/.test(value)) return value;
  return [...Buffer.from(value)]
    .map((byte) => {
      const isPlain = byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c;
      return isPlain ? String.fromCharCode(byte) : `\\x${byte.toString(16).toUpperCase().padStart(2, "0")}`;
    })
    .join("");
}
