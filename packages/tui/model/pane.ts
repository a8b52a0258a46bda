import type { Line } from "../text/line.ts";

/** One side of the screen. */
export interface Pane {
  readonly id: "services" | "details" | "log" | "list" | "panel";
  readonly width: number;
  readonly lines: readonly Line[];
}
