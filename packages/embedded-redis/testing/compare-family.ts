import fc from "fast-check";
import { commandsOf, commonPools, type Family } from "./command-grammar.ts";
import type { Oracle } from "./oracle.ts";

/**
 * Runs random sequences of a family's commands on both servers.
 * @throws with the shortest sequence found whose replies differ
 */
export async function compareFamily(oracle: Oracle, { templates, pools }: Family, runs: number): Promise<void> {
  const sequences = fc.array(commandsOf(templates, pools ?? commonPools), { minLength: 1, maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(sequences, fc.constantFrom<2 | 3>(2, 3), async (commands, protocol) => {
      const { ours, real } = await oracle.compare(commands, protocol);
      const at = real.findIndex((reply, index) => JSON.stringify(reply, show) !== JSON.stringify(ours[index], show));
      if (at < 0) return;
      const told = commands
        .slice(0, at + 1)
        .map((args) => JSON.stringify(args))
        .join("\n");
      throw new Error(`${told}\nours: ${JSON.stringify(ours[at], show)}\nreal: ${JSON.stringify(real[at], show)}`);
    }),
    { numRuns: runs },
  );
}

const show = (_name: string, value: unknown): unknown => (typeof value === "bigint" ? `${value}n` : value);
