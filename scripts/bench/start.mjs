// How long the program takes to start, against Node alone.
import { ratioRow } from "./rows.mjs";
import { time } from "./run-command.mjs";
import { dev, noEngine, openStack } from "./stack.mjs";

const runs = 15;

export const name = "start";

export async function* measure() {
  const stack = await openStack("start", noEngine);
  try {
    yield await against(stack, ["--version"], 1.6);
    yield await against(stack, ["--help"], 2.5);
    await time([...dev, "up", "--detach", "web"], stack);
    yield await against(stack, ["status"], 4);
  } finally {
    await stack.remove();
  }
}

async function against(stack, args, budget) {
  const [ours, theirs] = [[], []];
  for (let run = -1; run < runs; run++) {
    const a = await time([...dev, ...args], stack);
    const b = await time([process.execPath, "-e", "0"], stack);
    if (run < 0) continue;
    ours.push(a);
    theirs.push(b);
  }
  return ratioRow(`dev ${args.join(" ")}`, "node -e 0", ours, theirs, budget);
}
