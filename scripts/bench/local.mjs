// The starter without an engine: on programs of this machine, and on nothing but Node.
import { orderBudgetMs, timeOfOrder } from "./order.mjs";
import { timeRow } from "./rows.mjs";
import { time } from "./run-command.mjs";
import { dev, missingPrograms, noEngine, openStack } from "./stack.mjs";

const runs = 5;

export const name = "local";

export async function* measure() {
  if ((await missingPrograms()) === undefined) yield* starter("programs", noEngine);
  yield* starter("embedded", { ...noEngine, DRYDOCK_PROVIDERS: "embedded" });
}

async function* starter(place, extra) {
  const stack = await openStack(`local-${place}`, extra);
  const samples = { up: [], again: [], placed: [], down: [] };
  try {
    // The first run is not counted: it also installs the services' dependencies and seeds the databases.
    for (let run = -1; run < runs; run++) {
      const up = await time([...dev, "up", "--detach"], stack);
      const again = await time([...dev, "up", "--detach"], stack);
      const placed = await timeOfOrder(stack.url);
      const down = await time([...dev, "down"], stack);
      if (run >= 0) for (const [key, value] of Object.entries({ up, again, placed, down })) samples[key].push(value);
    }
    yield timeRow(`dev up --detach, ${place}`, samples.up, 2_000);
    yield timeRow(`dev up --detach, ${place}, nothing to do`, samples.again, 400);
    yield timeRow(`an order with the starter, until it is done, ${place}`, samples.placed, orderBudgetMs);
    yield timeRow(`dev down, ${place}`, samples.down);
  } finally {
    await stack.remove();
  }
}
