import { Text } from "ink";
import { memo } from "react";
import type { Line } from "../text/line.ts";
import { toneStyle } from "./tone-style.ts";

interface Props {
  readonly line: Line;
  readonly hasColour: boolean;
}

/** One row of text. It is not drawn anew while it says the same. */
export const LineRow = memo(
  ({ line, hasColour }: Props) => (
    <Text wrap="truncate-end">
      {line.map((each, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a row have no other identity
        <Text key={index} {...toneStyle(each.tone, hasColour)}>
          {each.text}
        </Text>
      ))}
    </Text>
  ),
  (a, b) => a.hasColour === b.hasColour && isSameLine(a.line, b.line),
);

const isSameLine = (a: Line, b: Line): boolean =>
  a.length === b.length && a.every((each, index) => each.text === b[index]?.text && each.tone === b[index]?.tone);
