import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { findProjectDirectory } from "../find-project.ts";
import { loadStack } from "../load-stack.ts";
import type { StackSource } from "../supervisor.ts";
import { describeStack } from "./describe-stack.ts";

/** A `devcontainer.json` for a stack that had none. */
export interface WrittenContainer {
  /** Absolute. */
  readonly file: string;
  readonly ports: readonly { readonly port: number; readonly label: string }[];
}

/**
 * Writes a `devcontainer.json` that fits the stack of a folder. Undefined, and nothing is written, where the folder has no stack of its own, or
 * a dev container already.
 * @throws DevError BAD_CONFIGURATION when the Compose files have mistakes
 */
export async function writeContainerFor(
  source: StackSource,
  { dryRun }: { readonly dryRun: boolean },
): Promise<WrittenContainer | undefined> {
  const { directory } = source;
  const places = [join(directory, ".devcontainer"), join(directory, ".devcontainer.json")];
  if (findProjectDirectory(source) !== directory || places.some((place) => existsSync(place))) return undefined;
  const { devContainerText } = await import("@drydock/devcontainer");
  const wanted = describeStack(loadStack(source).environment);
  const file = join(directory, ".devcontainer", "devcontainer.json");
  if (!dryRun) {
    await mkdir(dirname(file), { recursive: true });
    await writeFileAtomic(file, devContainerText(wanted));
  }
  return { file, ports: wanted.ports };
}
