import { dirname, join } from "node:path";
import { readVariableFiles, type VariableFile } from "../variables/variable-files.ts";
import { absolute, discoverFiles, namedFiles } from "./discover-files.ts";
import type { Loading } from "./loading.ts";

/** Which files make the project, its folder, and the variables that they are read with. */
export interface ProjectFiles {
  readonly files: readonly string[];
  /** The folder of the first file: what relative paths are against. */
  readonly directory: string;
  readonly variables: ReadonlyMap<string, string>;
  /** Absolute; empty when the default `.env` is used. */
  readonly envFiles: readonly string[];
}

/** What the caller says about files and variables. */
export interface Asked {
  readonly directory: string;
  readonly files: readonly string[];
  readonly envFiles: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
}

/**
 * Finds the files and reads the variables in Compose's order: the caller's environment wins over `.env` of the caller's folder (or of
 * the first `-f` file), which may name the files, and that wins over `.env` beside the files found.
 */
export function findProjectFiles(asked: Asked, loading: Loading): ProjectFiles {
  const environment: ReadonlyMap<string, string> = new Map(Object.entries(asked.variables));
  const named = asked.files.map((file) => absolute(file, asked.directory));
  const listed = environment.get("COMPOSE_ENV_FILES");
  const given = asked.envFiles.length > 0 ? asked.envFiles : listed ? listed.split(",") : [];
  const envFiles = given.map((file) => absolute(file, asked.directory));
  const isDisabled = /^(1|t|true)$/i.test(environment.get("COMPOSE_DISABLE_ENV_FILE") ?? "");
  const read = (directory: string, variables: ReadonlyMap<string, string>): ReadonlyMap<string, string> =>
    readVariableFiles(variableFiles(envFiles, directory, isDisabled, loading), variables, loading);

  const [first] = named;
  const early = read(first === undefined || first === "-" ? asked.directory : dirname(first), environment);
  const files = namedFiles(named, asked.directory, early) ?? discover(asked.directory, loading);
  const main = files.find((file) => file !== "-");
  const directory = main === undefined ? asked.directory : dirname(main);
  const variables = envFiles.length > 0 ? early : read(directory, early);
  return { files, directory, variables, envFiles };
}

function discover(directory: string, loading: Loading): readonly string[] {
  const { files, notices } = discoverFiles(directory, loading.files);
  for (const notice of notices) loading.notice(notice);
  return files;
}

function variableFiles(
  envFiles: readonly string[],
  directory: string,
  isDisabled: boolean,
  loading: Loading,
): readonly VariableFile[] {
  if (envFiles.length > 0) return envFiles.map((path) => ({ path, from: "command line" }));
  const path = join(directory, ".env");
  return isDisabled || loading.files.isDirectory(path) ? [] : [{ path, from: undefined }];
}
