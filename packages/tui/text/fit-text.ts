import stringWidth from "string-width";

const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const printableAscii = /^[\x20-\x7e]*$/;
// No combining character is below this code point, so that a cut before one of these never splits a character.
const firstCombining = 0x300;

/** How many terminal cells a text takes: 2 for wide characters, 0 for combining ones. */
export const cellWidth = (text: string): number => stringWidth(text);

/** Text of at most so many cells; `ellipsis` stands for what was cut away. */
export function cutText(text: string, cells: number, ellipsis: string): string {
  if (cells <= 0) return "";
  if (text.length <= cells && printableAscii.test(text)) return text;
  if (takeCells(text, 0, cells) >= text.length) return text;
  const room = cells - cellWidth(ellipsis);
  return room < 0 ? headOf(text, cells) : headOf(text, room) + ellipsis;
}

/** The first characters that fit; none where already the first one is wider. */
function headOf(text: string, cells: number): string {
  const head = text.slice(0, takeCells(text, 0, cells));
  return cellWidth(head) > cells ? "" : head;
}

/** Text of exactly so many cells: cut, or filled with spaces on the given side. */
export function fitText(text: string, cells: number, ellipsis: string, align: "left" | "right" = "left"): string {
  const shown = cutText(text, cells, ellipsis);
  const fill = " ".repeat(Math.max(0, cells - cellWidth(shown)));
  return align === "left" ? shown + fill : fill + shown;
}

/** Breaks text into rows of at most so many cells (2 at least), anywhere between characters; an empty text is one empty row. */
export function wrapText(text: string, cells: number): readonly string[] {
  const rows: string[] = [];
  let start = 0;
  do {
    const end = takeCells(text, start, Math.max(2, cells));
    rows.push(text.slice(start, end));
    start = end;
  } while (start < text.length);
  return rows;
}

/** The index after the last whole character from `start` on that fits into so many cells. Moves on by one character at least, unless there is no room at all. */
export function takeCells(text: string, start: number, cells: number): number {
  if (cells <= 0 || start >= text.length) return start;
  const end = Math.min(text.length, start + cells);
  const isPlain = printableAscii.test(text.slice(start, end)) && (text.charCodeAt(end) || 0) < firstCombining;
  return isPlain ? end : takeGraphemes(text, start, cells);
}

function takeGraphemes(text: string, start: number, cells: number): number {
  // Long enough for any real text of so many cells; what is longer is a pile of marks, and may be split.
  const piece = text.slice(start, start + cells * 8 + 32);
  let index = 0;
  let used = 0;
  for (const { segment } of segmenter.segment(piece)) {
    used += graphemeWidth(segment);
    if (used > cells && index > 0) break;
    index += segment.length;
    if (used > cells) break;
  }
  return start + Math.max(1, index);
}

// Measuring one character costs more than finding it: a line of 1 MB repeats its own.
const widths = new Map<string, number>();
const mostWidths = 10_000;

function graphemeWidth(segment: string): number {
  const known = widths.get(segment);
  if (known !== undefined) return known;
  if (widths.size >= mostWidths) widths.clear();
  const width = cellWidth(segment);
  widths.set(segment, width);
  return width;
}
