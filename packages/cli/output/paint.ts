import { styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];

/** Puts colour on text, or leaves it as it is. */
export type Paint = (style: Style, text: string) => string;

/** Paints where there is colour. */
export function painter(hasColour: boolean): Paint {
  return hasColour ? (style, text) => styleText(style, text, { validateStream: false }) : (_style, text) => text;
}
