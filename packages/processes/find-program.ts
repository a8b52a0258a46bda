import { access, constants, stat } from "node:fs/promises";
import { delimiter, isAbsolute, join, resolve } from "node:path";

/**
 * The absolute path of a program, as a shell finds it: by itself when it is a path (against `directory`), else on PATH.
 * Undefined when there is none that may be executed.
 */
export async function findProgram(
  name: string,
  variables: Readonly<Record<string, string>>,
  directory: string,
): Promise<string | undefined> {
  const isPath = name.includes("/") || (process.platform === "win32" && name.includes("\\"));
  const folders = isPath
    ? [""]
    : (variables.PATH ?? variables.Path ?? "").split(delimiter).filter((each) => each !== "");
  const endings = process.platform === "win32" ? ["", ...(variables.PATHEXT ?? ".EXE;.CMD;.BAT").split(";")] : [""];
  for (const folder of folders) {
    for (const ending of endings) {
      const path = (isAbsolute(name) ? name : resolve(directory, join(folder, name))) + ending;
      if (await isExecutable(path)) return path;
    }
  }
  return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
