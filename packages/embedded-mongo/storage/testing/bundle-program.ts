import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

/**
 * Makes a program in TypeScript runnable, as Node runs no TypeScript by itself in every version. Returns its path, which the caller removes: it
 * lies inside of node_modules, so that it finds what is not bundled.
 */
export async function bundleProgram(program: URL): Promise<string> {
  const cache = fileURLToPath(new URL("../../../../node_modules/.cache/embedded-mongo", import.meta.url));
  mkdirSync(cache, { recursive: true });
  const input = fileURLToPath(program);
  const file = join(cache, `${basename(input)}-${randomBytes(4).toString("hex")}.mjs`);
  const built = await rolldown({
    input,
    external: ["lmdb", "snowball-stemmers", /^@orama\//],
    platform: "node",
    logLevel: "silent",
  });
  await built.write({ file, format: "esm" });
  await built.close();
  return file;
}
