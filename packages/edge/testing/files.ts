import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const openssl = "openssl";

/** When all files of the folder last changed. */
export const changedAt = new Date("2026-01-02T03:04:05Z");

/** A temporary folder of files for the table. */
export function makeFiles(): string {
  const folder = mkdtempSync(join(tmpdir(), "edge-files-"));
  for (const name of ["site/docs", "site/empty", "site/a b", "other"])
    mkdirSync(join(folder, name), { recursive: true });
  const files: Readonly<Record<string, string | Buffer>> = {
    "site/index.html": "<p>home</p>",
    "site/app.js": "let a = 1;",
    "site/style.css": "a { color: red }".repeat(100),
    "site/numbers.txt": "0123456789",
    "site/docs/index.html": "docs",
    "site/a b/ü.txt": "umlaut",
    "site/50x.html": "sorry",
    "site/packed.css": "plain",
    "site/packed.css.gz": gzipSync("packed"),
    "other/file.txt": "other",
    // openssl passwd -apr1 -salt saltsalt secret; and the SHA form of RFC 2307.
    users: `ann:{PLAIN}secret\nbob:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=\ncat:${apr1()}\n`,
  };
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, name), text);
    utimesSync(join(folder, name), changedAt, changedAt);
  }
  return folder;
}

function apr1(): string {
  try {
    return execFileSync(openssl, ["passwd", "-apr1", "-salt", "saltsalt", "secret"], { encoding: "utf8" }).trim();
  } catch {
    return "$apr1$saltsalt$missing";
  }
}
