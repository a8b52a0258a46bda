import { type JsonLine, type Level, levelOf, parseJsonLine } from "../text/json-line.ts";
import { neutralise } from "../text/neutralise.ts";
import type { LogEntry } from "./log-buffer.ts";

// A row shows at most this many characters of a line; Enter shows the whole. Far more than any terminal's width, even wrapped.
const shownCharacters = 2_000;

/** An entry made ready to be shown on rows: neutralised, cut, taken apart where it is JSON. */
export interface EntryParts {
  readonly level: Level | undefined;
  readonly message: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly isJson: boolean;
  /** The characters of the line when the row does not hold them all. */
  readonly cutFrom: number | undefined;
}

/** Takes an entry apart. Costs the same for a line of 1 MB as for one of 2 KB. */
export function entryParts(entry: LogEntry): EntryParts {
  const json = parseJsonLine(entry.text);
  const isCut = entry.text.length > shownCharacters;
  const cutFrom = isCut ? entry.text.length : undefined;
  if (json) return { ...neutralJson(json), isJson: true, cutFrom };
  const message = neutralise(isCut ? entry.text.slice(0, shownCharacters) : entry.text);
  return { level: levelOf(message), message, fields: [], isJson: false, cutFrom };
}

/** The text of an entry as a row shows it, without time and name: what search and filter look at. */
export function entryText(entry: LogEntry): string {
  const { level, message, fields, isJson } = entryParts(entry);
  if (!isJson) return message;
  return [level, message, ...fields.map(fieldText)].filter((part) => part !== undefined).join(" ");
}

/** `orderId=7f31`; a value with spaces in quotes. */
export const fieldText = ([name, value]: readonly [name: string, value: string]): string =>
  `${name}=${/[\s"]/.test(value) && !/^[[{]/.test(value) ? JSON.stringify(value) : value}`;

function neutralJson(json: JsonLine): Pick<EntryParts, "level" | "message" | "fields"> {
  const short = (text: string) => neutralise(text.slice(0, shownCharacters));
  return {
    level: json.level,
    message: short(json.message),
    fields: json.fields.slice(0, 50).map(([name, value]) => [short(name), short(value)] as const),
  };
}
