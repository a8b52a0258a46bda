import { type Command, InvalidArgumentError } from "commander";
import type { AddCommand } from "../add-command.ts";
import type { CommandContext } from "../context.ts";
import type { SeedFlags } from "../run/run-seed.ts";
import type { InferFlags } from "../run/run-seed-infer.ts";
import { addStackOptions, stackSource } from "../stack-options.ts";

/** `dev seed`: fill the databases from a dataset. */
export const addSeed: AddCommand = (program, context) => {
  const command = program
    .command("seed")
    .argument("[dataset]", "a dataset of seeds/; without it the default one")
    .description("Fill the databases with a dataset's documents and keys")
    .option("--count <name=number>", "another count of a collection; may be repeated", counts)
    .option("--seed <number>", "the number that everything random comes from; default: 42", wholeNumber)
    .option("--now <time>", "the dataset's present; default: the beginning of the day (UTC)", isoTime)
    .option("--only <names>", "only these collections or keys, separated by commas", names)
    .option("--reset", "remove what is there first")
    .option("--to <uri>", "a server instead of the stack's; may be repeated", collect)
    .option("--allow-remote <host>", "a host that may be written to though it is not this machine", collect)
    .option("--no-cache", "make it, also where a snapshot of the same seeding has it")
    .option("--dry-run", "say what would be done, and stop")
    .option("--json", "one JSON document on stdout")
    .addHelpText("after", "\nExample:\n  dev seed demo --count orders=1e5 --reset");
  addStackOptions(command).action(async (dataset: string | undefined, flags: SeedFlags) => {
    const { runSeed } = await import("../run/run-seed.ts");
    await runSeed(context, stackSource(context, command), dataset, flags);
  });
  addInfer(command, context);
};

function addInfer(seed: Command, context: CommandContext): void {
  const command = seed
    .command("infer")
    .argument("[name]", "the dataset's name, and its file's: seeds/NAME.ts", "inferred")
    .description("Write a dataset that makes data like that of a MongoDB")
    .option("--from <uri>", "the database to look at; default: the stack's")
    .option("--sample <number>", "so many documents of each collection", wholeNumber, 1_000)
    .option("--mask", "replace personal data by generators, and keep no value")
    .option("--dry-run", "print the file instead of writing it")
    .addHelpText("after", "\nExample:\n  dev seed infer staging --from mongodb://127.0.0.1:27017/shop --mask");
  addStackOptions(command).action(async (name: string, flags: InferFlags) => {
    const { runSeedInfer } = await import("../run/run-seed-infer.ts");
    await runSeedInfer(context, stackSource(context, command), name, flags);
  });
}

const collect = (value: string, before: readonly string[] = []) => [...before, value];
const names = (value: string, before: readonly string[] = []) => [...before, ...value.split(",").filter(Boolean)];

function counts(text: string, before: Readonly<Record<string, number>> = {}): Readonly<Record<string, number>> {
  const parts = text.split(",").map((part) => part.split("="));
  const found = parts.map(([name = "", count = ""]) => {
    if (name === "" || count === "") throw new InvalidArgumentError('Write a name and a number, such as "orders=1e5".');
    return [name, wholeNumber(count)] as const;
  });
  return { ...before, ...Object.fromEntries(found) };
}

function wholeNumber(text: string): number {
  const number = Number(text.replaceAll("_", ""));
  if (text.trim() === "" || !Number.isSafeInteger(number) || number < 0)
    throw new InvalidArgumentError('Write a whole number, such as 5000 or "1e6".');
  return number;
}

function isoTime(text: string): number {
  const time = Date.parse(text);
  if (Number.isNaN(time))
    throw new InvalidArgumentError('Write a time, such as "2026-11-25" or "2026-11-25T14:00:00Z".');
  return time;
}
