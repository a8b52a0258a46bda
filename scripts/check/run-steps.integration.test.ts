import { expect, test } from "vitest";
import { runSteps } from "./run-steps.mjs";

const node = (source: string) => ["node", "-e", source];

async function run(steps: readonly { name: string; command: string[]; isLong?: boolean }[]) {
  let text = "";
  const isPassed = await runSteps(steps, {
    directory: process.cwd(),
    write: (each) => {
      text += each;
    },
  });
  return { isPassed, text: text.replace(/ *\d+\.\d s/g, " TIME") };
}

test("steps that pass print a line each and keep their output to themselves", async () => {
  const steps = [
    { name: "one", command: node("console.log('noise')") },
    { name: "two", command: node("") },
  ];
  expect(await run(steps)).toEqual({ isPassed: true, text: "one TIME  ok\ntwo TIME  ok\n" });
});

test("a long step shows its output while it runs", async () => {
  const steps = [{ name: "one", command: node("console.log('progress')"), isLong: true }];
  expect(await run(steps)).toEqual({ isPassed: true, text: "one ...\nprogress\none TIME  ok\n" });
});

test("the first step that fails ends the run with its output", async () => {
  const { isPassed, text } = await run([
    { name: "one", command: node("console.log('to stdout'); console.error('to stderr'); process.exit(3)") },
    { name: "two", command: node("console.log('never')") },
  ]);
  expect(isPassed).toBe(false);
  expect(text).toMatch(/^one TIME {2}failed\n/);
  expect(text).toContain("to stdout\n");
  expect(text).toContain("to stderr\n");
  expect(text).not.toContain("two");
});

test("a program that is not there is an error that names it", async () => {
  await expect(run([{ name: "one", command: ["no-such-program"] }])).rejects.toThrow("no-such-program");
});
