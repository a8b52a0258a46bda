import { dirname, join } from "node:path";
import type { ComposeFiles } from "./files/compose-files.ts";
import type { ComposeInput } from "./load-compose.ts";

/** What `arguments.json` of a fixture may say; all of it optional. */
interface Arguments {
  /** Below the fixture. */
  readonly directory?: string;
  readonly files?: readonly string[];
  readonly envFiles?: readonly string[];
  readonly profiles?: readonly string[];
  readonly projectName?: string;
  readonly services?: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
}

/** The home folder of every fixture. */
const fixtureHome = "/home/dev";

/** For tests: what a fixture's folder asks to load. */
export function fixtureInput(folder: string, files: ComposeFiles): ComposeInput {
  const text = files.read(join(folder, "arguments.json"));
  const given: Arguments = text === undefined ? {} : JSON.parse(text);
  return {
    directory: join(folder, given.directory ?? ""),
    files: given.files ?? [],
    envFiles: given.envFiles ?? [],
    profiles: given.profiles ?? [],
    ...(given.projectName === undefined ? {} : { projectName: given.projectName }),
    services: given.services ?? [],
    variables: { HOME: fixtureHome, ...given.variables },
  };
}

/** For tests: the command line of the real Compose that asks for the same. */
export function composeArguments(input: ComposeInput, format: "json" | "yaml"): readonly string[] {
  return [
    "compose",
    ...input.files.flatMap((file) => ["-f", file]),
    ...input.envFiles.flatMap((file) => ["--env-file", file]),
    ...input.profiles.flatMap((profile) => ["--profile", profile]),
    ...(input.projectName === undefined ? [] : ["-p", input.projectName]),
    "config",
    "--format",
    format,
    ...(input.services ?? []),
  ];
}

/** For tests: a text without the place of this checkout: placeholders stand for the fixture's folder and the one above it. */
export function portable(text: string, folder: string): string {
  return text.replaceAll(folder, "<fixture>").replaceAll(dirname(folder), "<fixtures>");
}
