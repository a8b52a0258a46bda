// The starter on a Docker engine, against `docker compose`: cold means that its images are there, and nothing else of it.
import { orderBudgetMs, timeOfOrder } from "./order.mjs";
import { ratioRow, timeRow } from "./rows.mjs";
import { time, works } from "./run-command.mjs";
import { dev, openStack } from "./stack.mjs";

const runs = 5;
const composeUp = ["docker", "compose", "up", "-d", "--wait"];
const composeDown = ["docker", "compose", "down"];

export const name = "docker";
export const missing = async () => ((await works("docker", "info")) ? undefined : "no Docker engine answers");

export async function* measure() {
  const stack = await openStack("docker");
  try {
    await time(["docker", "compose", "build", "-q"], stack);
    const samples = { up: [[], []], again: [[], []], placed: [[], []], down: [[], []] };
    for (let run = -1; run < runs; run++) {
      const ours = await round(stack, [...dev, "up", "--detach"], [...dev, "down"]);
      const theirs = await round(stack, composeUp, composeDown);
      if (run < 0) continue;
      for (const [key, [a, b]] of Object.entries(samples)) {
        a.push(ours[key]);
        b.push(theirs[key]);
      }
    }
    yield ratioRow("dev up --detach, docker, cold", composeUp.join(" "), ...samples.up, 0.6);
    yield ratioRow("dev up --detach, docker, nothing to do", composeUp.join(" "), ...samples.again, 0.3);
    yield timeRow("an order with the starter, until it is done, docker", samples.placed[0], orderBudgetMs);
    yield ratioRow("dev down, docker", composeDown.join(" "), ...samples.down, 0.3);
  } finally {
    await stack.remove();
  }
}

async function round(stack, up, down) {
  return {
    up: await time(up, stack),
    again: await time(up, stack),
    placed: await timeOfOrder(stack.url),
    down: await time(down, stack),
  };
}
