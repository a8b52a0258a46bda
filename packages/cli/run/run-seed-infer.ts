import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { DevError } from "@drydock/core";
import { connectOrStart, loadProject, type StackSource, seedsFolder } from "@drydock/session";
import type { CommandContext } from "../context.ts";

/** What `dev seed infer` was asked for besides the stack. */
export interface InferFlags {
  readonly from?: string;
  readonly sample: number;
  readonly mask?: true;
  readonly dryRun?: true;
}

/** Writes seeds/NAME.ts from data that exists, never over a file that is there. @throws DevError FILE_EXISTS, BAD_NAME, NO_DATABASE, BAD_TARGET */
export async function runSeedInfer(
  context: CommandContext,
  source: StackSource,
  name: string,
  flags: InferFlags,
): Promise<void> {
  if (!/^[a-z0-9][\w-]*$/i.test(name))
    throw new DevError("BAD_NAME", `"${name}" is no name of a dataset.`, {
      exitCode: 2,
      hint: "Use letters, digits and dashes.",
    });
  const supervisor = await connectOrStart(source, context.program);
  const request = { source, name, sample: flags.sample, isMasked: flags.mask ?? false };
  const text = await supervisor.inferDataset(
    flags.from === undefined ? request : { ...request, from: flags.from },
    context.signal,
  );
  if (flags.dryRun) {
    context.stdout.write(text);
    return;
  }
  const { environment, settings } = await loadProject(source, []);
  const file = join(seedsFolder(environment.directory, settings), `${name}.ts`);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text, { flag: "wx" }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
    throw new DevError("FILE_EXISTS", `${file} exists.`, {
      hint: "Give another name, or remove it first.",
      cause: error,
    });
  });
  context.stdout.write(`Written: ${file}\n\`dev seed ${name} --dry-run\` says what it would make.\n`);
}
