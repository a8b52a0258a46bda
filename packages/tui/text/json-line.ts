/** How grave a log line is, gravest last. */
export const levels = ["trace", "debug", "info", "warn", "error", "fatal"] as const;
export type Level = (typeof levels)[number];

/** A structured log line. */
export interface JsonLine {
  readonly level?: Level;
  readonly message: string;
  /** Everything that is neither level, time nor message, in its order, values as text. */
  readonly fields: readonly (readonly [name: string, value: string])[];
}

const levelNames = ["level", "severity", "lvl", "levelname", "log.level", "s"];
const messageNames = ["msg", "message", "event", "text"];
const timeNames = ["time", "timestamp", "ts", "@timestamp", "t"];
// Above this a line is shown as it is: parsing it for one row costs more than it tells.
const longestParsed = 32_768;

/** Reads a JSON object on one line, or undefined when it is none or has no message. */
export function parseJsonLine(text: string): JsonLine | undefined {
  if (text.length > longestParsed || !/^\s*\{/.test(text)) return undefined;
  const data = parseObject(text);
  if (!data) return undefined;
  const messageName = messageNames.find((name) => typeof data[name] === "string");
  if (messageName === undefined) return undefined;
  const levelName = levelNames.find((name) => toLevel(data[name]) !== undefined);
  const level = levelName === undefined ? undefined : toLevel(data[levelName]);
  const told = [messageName, levelName, ...timeNames];
  const fields = Object.entries(data).filter(([name]) => !told.includes(name));
  return {
    ...(level === undefined ? {} : { level }),
    message: String(data[messageName]),
    fields: fields.map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)] as const),
  };
}

/** A level by its name, pino's and bunyan's number (10 to 60), or the letter of mongod's structured log (F, E, W, I, D1 to D5). */
export function toLevel(value: unknown): Level | undefined {
  if (typeof value === "number") return levels[Math.min(5, Math.max(0, Math.floor(value / 10) - 1))];
  if (typeof value !== "string") return undefined;
  return names[value.toLowerCase()];
}

const names: Readonly<Record<string, Level>> = {
  trace: "trace",
  verbose: "debug",
  debug: "debug",
  ...Object.fromEntries(["d", "d1", "d2", "d3", "d4", "d5"].map((name) => [name, "debug"])),
  i: "info",
  info: "info",
  information: "info",
  notice: "info",
  w: "warn",
  warn: "warn",
  warning: "warn",
  e: "error",
  err: "error",
  error: "error",
  f: "fatal",
  fatal: "fatal",
  crit: "fatal",
  critical: "fatal",
  alert: "fatal",
  emerg: "fatal",
  panic: "fatal",
};

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const data: unknown = JSON.parse(text);
    return typeof data === "object" && data !== null && !Array.isArray(data) ? { ...data } : undefined;
  } catch {
    return undefined;
  }
}

const jsonLevel = /"(?:level|severity|lvl|levelname|log\.level|s)"\s*:\s*"?([A-Za-z0-9]+)/;
const wordLevel =
  /(?:^|[\s[(|<=])(TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|ERR|FATAL|CRITICAL|CRIT|PANIC)(?=[\s\])|>:,]|$)/;
const quietLevel =
  /(?:^\s*|\[|level=|lvl=)(trace|debug|info|notice|warn|warning|error|fatal|crit|alert|emerg|panic)(?=[\s\]:,]|$)/;
const thrown = /^(?:Uncaught |Unhandled )?(?:[A-Z][A-Za-z.]*(?:Error|Exception)|Error)\b/;

/** The level of any line, looked for in its beginning alone: a JSON key, a level's name, a thrown error. Undefined when it tells none. */
export function levelOf(text: string): Level | undefined {
  const head = text.slice(0, 240);
  const inJson = head.startsWith("{") ? jsonLevel.exec(head)?.[1] : undefined;
  if (inJson !== undefined) return toLevel(/^\d+$/.test(inJson) ? Number(inJson) : inJson);
  const word = (wordLevel.exec(head.slice(0, 100)) ?? quietLevel.exec(head.slice(0, 100)))?.[1];
  if (word !== undefined) return toLevel(word);
  return thrown.test(head) ? "error" : undefined;
}
