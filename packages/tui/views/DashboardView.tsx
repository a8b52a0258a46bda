import { Box } from "ink";
import { Fragment } from "react";
import type { DashboardModel } from "../model/dashboard-model.ts";
import { type Line, span } from "../text/line.ts";
import { LineRow } from "./LineRow.tsx";

interface Props {
  readonly model: DashboardModel;
  readonly hasColour: boolean;
}

/** The screen: rows above, sides next to each other, rows below. */
export function DashboardView({ model, hasColour }: Props) {
  const separator = Array.from({ length: model.height }, () => [span(model.separator, "dim")]);
  return (
    <Box flexDirection="column">
      <Lines lines={model.top} hasColour={hasColour} />
      <Box>
        {model.panes.map((pane, index) => (
          <Fragment key={pane.id}>
            {index > 0 && <Lines lines={separator} hasColour={hasColour} width={2} />}
            <Lines lines={pane.lines} hasColour={hasColour} width={pane.width} />
          </Fragment>
        ))}
      </Box>
      <Lines lines={model.bottom} hasColour={hasColour} />
    </Box>
  );
}

function Lines({
  lines,
  hasColour,
  width,
}: {
  readonly lines: readonly Line[];
  readonly hasColour: boolean;
  readonly width?: number;
}) {
  return (
    <Box flexDirection="column" flexShrink={0} {...(width === undefined ? {} : { width })}>
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row of the screen is its place
        <LineRow key={index} line={line} hasColour={hasColour} />
      ))}
    </Box>
  );
}
