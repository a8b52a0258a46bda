import type { Tone } from "../text/line.ts";

/** What Ink's Text takes. */
export interface ToneStyle {
  readonly color?: string;
  readonly dimColor?: boolean;
  readonly bold?: boolean;
  readonly inverse?: boolean;
}

const coloured: Readonly<Record<Tone, ToneStyle>> = {
  plain: {},
  dim: { dimColor: true },
  strong: { bold: true },
  accent: { color: "cyan" },
  good: { color: "green" },
  busy: { color: "yellow" },
  bad: { color: "red" },
  match: { inverse: true },
};

const uncoloured: Readonly<Record<Tone, ToneStyle>> = {
  plain: {},
  dim: { dimColor: true },
  strong: { bold: true },
  accent: { bold: true },
  good: {},
  busy: {},
  bad: { bold: true },
  match: { inverse: true },
};

/** How a tone looks. Without colour, weight alone tells apart. */
export const toneStyle = (tone: Tone, hasColour: boolean): ToneStyle => (hasColour ? coloured : uncoloured)[tone];
