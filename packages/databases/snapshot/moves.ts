import type { DataFiles } from "./data-files.ts";

/** One folder that goes to another place of its file system. */
export interface Move {
  readonly from: string;
  readonly to: string;
}

/** Carries moves out, in order. `before` is told the number of each before it begins. @throws the file system's error */
export async function moveAll(
  files: DataFiles,
  moves: readonly Move[],
  before: (index: number) => void,
): Promise<void> {
  for (const [index, { from, to }] of moves.entries()) {
    before(index);
    await files.move(from, to);
  }
}

/** Takes moves back, the last first, wherever a crash has stopped them. May itself be cut short and run again. @throws the file system's error */
export async function undoMoves(files: DataFiles, moves: readonly Move[]): Promise<void> {
  for (const { from, to } of [...moves].reverse()) await files.moveBack(from, to);
}
