import { createHash } from "node:crypto";
import { join } from "node:path";
import { jsonState } from "./json-state.ts";
import type { StateFolder } from "./state-folder.ts";
import type { StackSource } from "./supervisor.ts";

interface CheckoutName {
  readonly project?: string;
}

/** The source with the project name that this checkout was given earlier, unless the caller names one. */
export function withCheckoutName(source: StackSource, folder: StateFolder): StackSource {
  const { project } = nameFile(folder).read();
  return source.projectName === undefined && project !== undefined ? { ...source, projectName: project } : source;
}

/** Gives this checkout a name that another one of the same project has not, and keeps it. */
export function giveCheckoutName(project: string, directory: string, folder: StateFolder): string {
  const hash = createHash("sha256").update(directory).digest("hex").slice(0, 6);
  const name = `${project}-${hash}`;
  nameFile(folder).write({ project: name });
  return name;
}

function nameFile(folder: StateFolder) {
  return jsonState<CheckoutName>(join(folder.directory, "checkout.json"), {});
}
