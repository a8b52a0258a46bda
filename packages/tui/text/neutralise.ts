import { cellWidth } from "./fit-text.ts";

/** What becomes of characters that have no width of their own: `drop` for one-line views, `show` (as `<U+202E>`) where a text is read whole. */
export type InvisibleCharacters = "drop" | "show";

// ECMA-48 section 5.4 (control sequences) and 5.6 (control strings, ended by ST or, as xterm does, by BEL);
// 8-bit forms are the C1 set of section 5.3. A string that is never ended is cut at its introducer alone, so that nothing after it is hidden.
const csi = /(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]/g;
const controlString = /(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)/g;
const shortEscape = /\x1b[ -/]*[0-~]?/g;

const suspicious = /[^\x20-\x7e]/;
const c0 = /[\x00-\x1f\x7f]/g;
const c1 = /[\x80-\x9f]/g;
// Bidirectional controls (Unicode Standard Annex 9), zero-width characters, variation selectors and tags are default ignorable
// (Unicode Standard, section 5.21); line and paragraph separators and interlinear annotations are not.
const invisible = /[\p{Default_Ignorable_Code_Point}\u2028\u2029\ufff9-\ufffb]/gu;
const loneSurrogate = /\p{Surrogate}/gu;
// More than this many marks on one character only paint over the neighbouring rows.
const piledMarks = /(\p{M}{4})\p{M}+/gu;

/**
 * Makes text that somebody else wrote safe to print: escape sequences go (colours too), other control characters become
 * visible pictures (U+2400 block), tabs become spaces up to stops of 8, and characters that reorder or hide text are dropped or shown.
 * The result has no character below U+0020 and none of U+007F to U+009F.
 */
export function neutralise(text: string, invisibles: InvisibleCharacters = "drop"): string {
  if (!suspicious.test(text)) return text;
  const visible = withoutEscapes(text.endsWith("\r") ? text.slice(0, -1) : text)
    .replace(loneSurrogate, "\ufffd")
    .replace(invisible, (character) => (invisibles === "show" ? codePointName(character) : ""))
    .replace(piledMarks, "$1");
  return withTabStops(visible)
    .replace(c0, (character) =>
      character === "\x7f" ? "\u2421" : String.fromCharCode(0x2400 + character.charCodeAt(0)),
    )
    .replace(c1, "\ufffd");
}

function withoutEscapes(text: string): string {
  if (!/[\x1b\x80-\x9f]/.test(text)) return text;
  return text.replace(controlString, "").replace(csi, "").replace(shortEscape, "");
}

function withTabStops(text: string): string {
  if (!text.includes("\t")) return text;
  let column = 0;
  const parts = text.split("\t").map((part) => {
    const fill = 8 - ((column + cellWidth(part)) % 8);
    column += cellWidth(part) + fill;
    return part + " ".repeat(fill);
  });
  return parts.join("").trimEnd();
}

const codePointName = (character: string): string =>
  `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}>`;
