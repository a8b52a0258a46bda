// npm packs the README and the license of a package's own folder; ours lie at the top of the repository.
// `prepack` lends them to packages/cli, `postpack` takes them back, so that the working tree stays clean.
import { existsSync } from "node:fs";
import { copyFile, rm } from "node:fs/promises";
import { join } from "node:path";

const repository = join(import.meta.dirname, "..");
const [action] = process.argv.slice(2);

for (const name of ["README.md", "LICENSE"]) {
  const lent = join(repository, "packages/cli", name);
  const own = join(repository, name);
  if (action === "lend" && !existsSync(own)) console.error(`pack: there is no ${name} to pack`);
  else if (action === "lend") await copyFile(own, lent);
  else if (action === "return") await rm(lent, { force: true });
  else throw new Error("usage: node scripts/pack.mjs lend|return");
}
