import { createInterface } from "node:readline/promises";
import type { CommandContext } from "../context.ts";

/** Asks a person at the terminal; anything but yes is no. */
export async function askYes(context: CommandContext, question: string): Promise<boolean> {
  const lines = createInterface({ input: context.stdin, output: context.stdout });
  try {
    return /^y(es)?$/i.test((await lines.question(question, { signal: context.signal })).trim());
  } finally {
    lines.close();
  }
}
