import type { Size } from "../state/dashboard-state.ts";

/** The terminal's size in cells; 80 x 24 where it does not tell. */
export const terminalSize = (stdout: NodeJS.WriteStream): Size => ({
  columns: stdout.columns || 80,
  rows: stdout.rows || 24,
});
