import type { Overlay } from "../state/dashboard-state.ts";
import type { Line } from "../text/line.ts";

/** What can be read page by page over the two sides. */
export type Readable = Extract<Overlay, { kind: "keys" | "entry" | "why" | "request" }>;

/** Whether it is one of these. */
export const isReadable = (overlay: Overlay): overlay is Readable =>
  overlay.kind === "keys" || overlay.kind === "entry" || overlay.kind === "why" || overlay.kind === "request";

/** A text to be read: its title, how many rows it has, and each row. Rows are made when they are asked for. */
export interface Panel {
  readonly title: Line;
  readonly length: number;
  row(index: number): Line;
}
