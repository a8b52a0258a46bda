// The starter on a Docker engine, against `docker compose`.
import { time } from "./measure.mjs";
import { ratioRow } from "./rows.mjs";
import { dev, has, openStack } from "./stack.mjs";

const runs = 5;
const composeUp = ["docker", "compose", "up", "-d", "--wait"];
const composeDown = ["docker", "compose", "down"];

export const name = "docker";
export const missing = () => (has("docker", "info") ? undefined : "no Docker engine answers");

export async function* measure() {
  const stack = await openStack("docker");
  try {
    await time(["docker", "compose", "build", "-q"], stack);
    const samples = { up: [[], []], idle: [[], []], down: [[], []] };
    for (let run = -1; run < runs; run++) {
      const ours = await round(stack, [...dev, "up", "--detach"], [...dev, "down"]);
      const theirs = await round(stack, composeUp, composeDown);
      if (run < 0) continue;
      for (const key of Object.keys(samples)) {
        samples[key][0].push(ours[key]);
        samples[key][1].push(theirs[key]);
      }
    }
    yield ratioRow("dev up --detach, docker, cold", composeUp.join(" "), ...samples.up, 0.6);
    yield ratioRow("dev up --detach, docker, nothing to do", composeUp.join(" "), ...samples.idle, 0.3);
    yield ratioRow("dev down, docker", composeDown.join(" "), ...samples.down, 0.3);
  } finally {
    await stack.remove();
  }
}

async function round(stack, up, down) {
  return { up: await time(up, stack), idle: await time(up, stack), down: await time(down, stack) };
}
