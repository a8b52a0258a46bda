import { stripVTControlCharacters } from "node:util";

// Select Graphic Rendition (ECMA-48 section 8.3.117); ":" separates a colour's parts (ITU-T T.416 section 13.1.8).
const rendition = /(\x1b\[[0-9;:]*m)/;
const reset = "\x1b[0m";

/** What becomes of a service's words on their way to a stream: safe on a terminal, untouched in a file or a pipe. */
export function wordsFor(stream: { readonly isTTY?: boolean }, hasColour: boolean): (text: string) => string {
  return stream.isTTY ? (text) => terminalText(text, hasColour) : (text) => text;
}

/**
 * What a service printed, safe to show on a terminal: its colours stay where there is colour and end with the line; whatever else would steer
 * the terminal (moves, titles, links, half a sequence) goes, and other control characters become visible pictures (U+2400 block). Tabs stay.
 */
export function terminalText(text: string, hasColour: boolean): string {
  if (!/[\x00-\x08\x0a-\x1f\x7f-\x9f]/.test(text)) return text;
  const parts = text.replace(/\r$/, "").split(rendition);
  const safe = parts.map((part, at) => (at % 2 === 1 ? (hasColour ? part : "") : withoutControl(part))).join("");
  return hasColour && parts.length > 1 ? `${safe}${reset}` : safe;
}

function withoutControl(text: string): string {
  return stripVTControlCharacters(text).replace(/[\x00-\x08\x0a-\x1f\x7f-\x9f]/g, picture);
}

function picture(character: string): string {
  const code = character.charCodeAt(0);
  if (code === 0x7f) return "\u2421";
  return code < 0x20 ? String.fromCharCode(0x2400 + code) : "\ufffd";
}
