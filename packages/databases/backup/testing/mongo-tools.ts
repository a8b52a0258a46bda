import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/** MongoDB's own tools, each by its path. */
export interface MongoTools {
  readonly mongodump: string;
  readonly mongorestore: string;
}

const names = ["mongodump", "mongorestore"] as const;
const module = "github.com/mongodb/mongo-tools";

/**
 * Finds MongoDB's tools: on PATH; in the folder DRYDOCK_MONGO_TOOLS; or built with Go, from the checkout DRYDOCK_MONGO_TOOLS_SOURCE or from their module. What was
 * built stays in the temp folder. Answers why there are none, as the end of a test's name.
 */
export function findMongoTools(): MongoTools | string {
  const { PATH = "", DRYDOCK_MONGO_TOOLS: folder, DRYDOCK_MONGO_TOOLS_SOURCE: source } = process.env;
  const built = join(tmpdir(), "drydock-mongo-tools");
  for (const each of [...(folder ? [folder] : []), ...PATH.split(delimiter), built]) {
    const tools = { mongodump: join(each, "mongodump"), mongorestore: join(each, "mongorestore") };
    if (existsSync(tools.mongodump) && existsSync(tools.mongorestore)) return tools;
  }
  mkdirSync(built, { recursive: true });
  const go = (words: readonly string[], cwd: string) =>
    execFileSync("go", [...words], {
      cwd,
      stdio: "pipe",
      timeout: 600_000,
      env: { ...process.env, GOFLAGS: "-buildvcs=false" },
    });
  try {
    const checkout =
      source || String(JSON.parse(String(go(["mod", "download", "-json", `${module}@latest`], built))).Dir);
    for (const name of names) go(["build", "-o", join(built, name), `./${name}/main`], checkout);
    return { mongodump: join(built, "mongodump"), mongorestore: join(built, "mongorestore") };
  } catch (error) {
    const said = error instanceof Error && "stdout" in error ? String(error.stdout).trim() : "";
    const why =
      /"Error": "([^"\\]*)/.exec(said)?.[1] ?? (error instanceof Error ? error.message.split("\n")[0] : String(error));
    return ` (skipped: no mongodump and mongorestore on PATH, and Go built none: ${why})`;
  }
}
