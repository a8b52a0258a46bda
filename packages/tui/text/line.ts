import { cellWidth, cutText, takeCells, wrapText } from "./fit-text.ts";

/** What a piece of text means; the views give each tone its colour, or none. */
export type Tone = "plain" | "dim" | "strong" | "accent" | "good" | "busy" | "bad" | "match";

/** A piece of one row. */
export interface Span {
  readonly text: string;
  readonly tone: Tone;
}

/** One row of the screen, left to right. */
export type Line = readonly Span[];

export const span = (text: string, tone: Tone = "plain"): Span => ({ text, tone });

export const lineWidth = (line: Line): number => line.reduce((sum, each) => sum + cellWidth(each.text), 0);

/** The characters alone. */
export const lineText = (line: Line): string => line.map((each) => each.text).join("");

/** A line of exactly so many cells: cut with the ellipsis, or filled with spaces. */
export function fitLine(line: Line, cells: number, ellipsis: string): Line {
  const width = lineWidth(line);
  if (width <= cells) return width === cells ? line : [...line, span(" ".repeat(cells - width))];
  const fitted: Span[] = [];
  let room = cells;
  for (const each of line) {
    const needed = cellWidth(each.text);
    const isLast = needed >= room && each !== line.at(-1);
    const text = needed > room || isLast ? cutText(`${each.text}${isLast ? "  " : ""}`, room, ellipsis) : each.text;
    fitted.push({ ...each, text });
    room -= cellWidth(text);
    if (room <= 0 || text !== each.text) break;
  }
  return room > 0 ? [...fitted, span(" ".repeat(room))] : fitted;
}

/** `left`, then `right` at the far end; where both do not fit, the right one goes. */
export function spread(left: Line, right: Line, cells: number, ellipsis: string): Line {
  const room = cells - lineWidth(right);
  if (lineWidth(left) + 2 > room) return fitLine(left, cells, ellipsis);
  return [...fitLine(left, room, ellipsis), ...right];
}

/** Breaks a line into rows of at most so many cells; rows after the first begin with `indent` spaces. */
export function wrapLine(line: Line, cells: number, indent: number): readonly Line[] {
  const rows: Span[][] = [[]];
  let room = cells;
  let isRowEmpty = true;
  for (const each of line) {
    let start = 0;
    while (start < each.text.length) {
      const end = takeCells(each.text, start, room);
      const text = each.text.slice(start, end);
      const width = cellWidth(text);
      if (!isRowEmpty && (end === start || width > room)) {
        rows.push([span(" ".repeat(indent))]);
        room = Math.max(2, cells - indent);
        isRowEmpty = true;
        continue;
      }
      rows.at(-1)?.push({ ...each, text });
      room -= width;
      isRowEmpty = false;
      start = Math.max(end, start + 1);
    }
  }
  return rows;
}

/** Breaks prose into rows of at most so many cells between its words; a longer word is broken where it must be. */
export function wrapWords(text: string, cells: number): readonly string[] {
  const rows: string[] = [];
  let row = "";
  for (const word of text.split(" ")) {
    const longer = row === "" ? word : `${row} ${word}`;
    if (cellWidth(longer) <= cells) {
      row = longer;
      continue;
    }
    if (row !== "") rows.push(row);
    const pieces = wrapText(word, cells);
    rows.push(...pieces.slice(0, -1));
    row = pieces.at(-1) ?? "";
  }
  return [...rows, row];
}
