// The starter on programs of this machine.
import { timeRow } from "./rows.mjs";
import { time } from "./run-command.mjs";
import { dev, missingPrograms, noEngine, openStack } from "./stack.mjs";

const runs = 5;

export const name = "local";
export const missing = missingPrograms;

export async function* measure() {
  const stack = await openStack("local", noEngine);
  const samples = { up: [], again: [], down: [] };
  try {
    // The first run is not counted: it also installs the services' dependencies.
    for (let run = -1; run < runs; run++) {
      const up = await time([...dev, "up", "--detach"], stack);
      const again = await time([...dev, "up", "--detach"], stack);
      const down = await time([...dev, "down"], stack);
      if (run >= 0) for (const [key, value] of Object.entries({ up, again, down })) samples[key].push(value);
    }
    yield timeRow("dev up --detach, local", samples.up, 2_000);
    yield timeRow("dev up --detach, local, nothing to do", samples.again, 400);
    yield timeRow("dev down, local", samples.down);
  } finally {
    await stack.remove();
  }
}
