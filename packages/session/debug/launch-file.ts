import { mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { badLaunchFile } from "./errors.ts";
import { inWorkspace } from "./path-mapping.ts";
import type { DebugTarget } from "./request.ts";

/** One entry of VS Code's launch.json (code.visualstudio.com/docs/nodejs/nodejs-debugging, "Attaching to Node.js"). */
export type LaunchConfiguration = Readonly<Record<string, unknown>> & { readonly name: string };

/** How VS Code attaches to a debugged service: one configuration a replica. They attach again when the service reloads. */
export function launchConfigurations(target: DebugTarget, directory: string): readonly LaunchConfiguration[] {
  const { service, inspectors, mapping } = target;
  return inspectors.map(({ port }, index) => ({
    name: inspectors.length === 1 ? `Attach to ${service}` : `Attach to ${service}.${index + 1}`,
    type: "node",
    request: "attach",
    address: "127.0.0.1",
    port,
    restart: true,
    ...(mapping ? { localRoot: inWorkspace(mapping.local, directory), remoteRoot: mapping.remote } : {}),
    skipFiles: ["<node_internals>/**"],
  }));
}

/** The text of a launch.json with these configurations in it: those of the same name are replaced, everything else stays as it is, comments too. */
export async function withConfigurations(
  text: string,
  configurations: readonly LaunchConfiguration[],
  path: string,
): Promise<string> {
  const { applyEdits, modify, parse, printParseErrorCode } = await import("jsonc-parser");
  const formattingOptions = { insertSpaces: true, tabSize: 2, eol: "\n" };
  let result = text.trim() === "" ? '{\n  "version": "0.2.0",\n  "configurations": []\n}\n' : text;
  for (const configuration of configurations) {
    const errors: { error: number; offset: number; length: number }[] = [];
    const read: unknown = parse(result, errors, { allowTrailingComma: true });
    const [first] = errors;
    if (first) throw badLaunchFile(path, `${printParseErrorCode(first.error)} at character ${first.offset}`);
    const known = configurationsIn(read, path);
    const at = known.findIndex((each) => each.name === configuration.name);
    const isInsertion = at < 0;
    const where = ["configurations", isInsertion ? known.length : at];
    const options = { formattingOptions, isArrayInsertion: isInsertion };
    result = applyEdits(result, modify(result, where, configuration, options));
  }
  return result;
}

function configurationsIn(read: unknown, path: string): readonly { readonly name?: unknown }[] {
  if (typeof read !== "object" || read === null || Array.isArray(read)) throw badLaunchFile(path, "it is no object");
  const list = "configurations" in read ? read.configurations : [];
  if (!Array.isArray(list)) throw badLaunchFile(path, '"configurations" is no list');
  return list.map((each: unknown) => (typeof each === "object" && each !== null ? each : {}));
}

/** Writes them into `.vscode/launch.json` of a folder. @returns its path @throws DevError BAD_LAUNCH_FILE; the file system's error */
export async function writeLaunchFile(
  directory: string,
  configurations: readonly LaunchConfiguration[],
): Promise<string> {
  const path = join(directory, ".vscode", "launch.json");
  const text = await readFile(path, "utf8").catch(() => "");
  const next = await withConfigurations(text, configurations, path);
  await mkdir(dirname(path), { recursive: true });
  if (next !== text) await writeFileAtomic(path, next);
  return path;
}
