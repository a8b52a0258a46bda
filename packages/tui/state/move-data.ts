import type { DashboardState } from "./dashboard-state.ts";
import { cursorRow, type DataRow, type DataViewState, dataRows, rowKey } from "./data-view.ts";
import { tabLayoutOf } from "./tab-layout.ts";

/** The data's list as it is now; empty before it was read. */
export const rowsOfData = (state: DashboardState): readonly DataRow[] => dataRows(state.data);

/** The row under the cursor. */
export function chosenRow(state: DashboardState): DataRow | undefined {
  const rows = rowsOfData(state);
  return rows[cursorRow(rows, state.data.cursor)];
}

/** Moves the cursor by so many rows that can be chosen; it stays at the ends. */
export function moveData(state: DashboardState, by: number): DashboardState {
  const rows = rowsOfData(state);
  const choosable = rows.flatMap((row, index) => (rowKey(row) === undefined ? [] : [index]));
  const now = choosable.indexOf(cursorRow(rows, state.data.cursor));
  const to = choosable[Math.min(choosable.length - 1, Math.max(0, now + by))];
  const row = to === undefined ? undefined : rows[to];
  if (to === undefined || !row) return state;
  // The title over the first row of a section is shown with it.
  const first = rows[to - 1]?.kind === "title" ? to - 1 : to;
  const height = tabLayoutOf(state).bodyHeight;
  const { top } = state.data;
  const moved = first < top ? first : to >= top + height ? to - height + 1 : top;
  return { ...state, data: { ...state.data, cursor: rowKey(row), top: moved } };
}

/** The list as it was read anew: what the cursor is on keeps its place on the screen, as far as there are rows. */
export function withRead(state: DashboardState, read: Partial<DataViewState>): DashboardState {
  const before = rowsOfData(state);
  const known = { ...state.data, ...read };
  const after = dataRows(known);
  const was = cursorRow(before, state.data.cursor);
  const key = before[was] && rowKey(before[was]);
  const isStill = key !== undefined && after.some((row) => rowKey(row) === key);
  const index = isStill ? cursorRow(after, key) : Math.min(was, after.length - 1);
  const near = isStill ? key : nearestKey(after, index);
  const height = tabLayoutOf(state).bodyHeight;
  const shifted = isStill && was >= 0 ? state.data.top + index - was : state.data.top;
  const top = Math.min(Math.max(0, after.length - height), Math.max(0, shifted));
  // The first list puts the cursor where it always begins.
  return { ...state, data: { ...known, top, ...(near === undefined ? {} : { cursor: near }) } };
}

/** Where a row is gone, the one that took its place. */
function nearestKey(rows: readonly DataRow[], index: number): string | undefined {
  const from = Math.max(0, index);
  const after = rows.slice(from).find((row) => rowKey(row) !== undefined);
  const found = after ?? rows.slice(0, from).findLast((row) => rowKey(row) !== undefined);
  return found && rowKey(found);
}
