import type { Finding } from "../report.ts";
import type { Source } from "./source.ts";

interface YamlError {
  readonly code: string;
  readonly message: string;
  readonly pos: readonly [number, number];
}

const wording: Readonly<Record<string, { readonly message: string; readonly hint: string }>> = {
  TAB_AS_INDENT: { message: "a tab indents this line", hint: "YAML wants spaces there" },
  BAD_INDENT: { message: "the indentation does not fit", hint: "line it up with its siblings, with spaces" },
  MISSING_CHAR: {
    message: "something that was opened is not closed here",
    hint: "look for a missing quote, comma, bracket or colon",
  },
  MULTILINE_IMPLICIT_KEY: {
    message: "a key goes over several lines",
    hint: "is there a `:` missing at the end of a line above?",
  },
  BLOCK_AS_IMPLICIT_KEY: {
    message: "a nested mapping stands on one line",
    hint: "put it on a line of its own, or quote the value",
  },
  UNEXPECTED_TOKEN: {
    message: "this is not expected here",
    hint: "look for a missing quote, or text after a closed one",
  },
  BAD_ALIAS: { message: "this alias cannot be read", hint: "write *name, and quote values that begin with *" },
  KEY_OVER_1024_CHARS: { message: "a key is longer than 1024 characters", hint: "is a `:` or a line end missing?" },
};

/** Our words for a mistake in YAML itself. */
export function describeYamlError(error: YamlError, source: Source): Finding {
  const [start, end] = error.pos;
  const known = wording[error.code];
  const place = { source, start: Math.min(start, source.text.length), end: Math.max(end, start + 1) };
  if (known) return { place, message: `this is not YAML: ${known.message}`, hint: known.hint };
  return { place, message: `this is not YAML: ${lowerFirst(error.message)}` };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
