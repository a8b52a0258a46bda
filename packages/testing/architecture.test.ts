import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { allLaws } from "./architecture/all-laws.ts";
import { parseCodebase } from "./architecture/codebase.ts";
import { readSourceTree } from "./architecture/source-tree.ts";
import { formatViolations } from "./architecture/violation.ts";

const repository = join(import.meta.dirname, "../..");

describe("In this repository", () => {
  const codebase = parseCodebase(readSourceTree(repository, ["package.json", "tsconfig.json", "packages", "scripts"]));

  test("there are packages and files to look at", () => {
    expect(codebase.packages.map((each) => each.folder)).toContain("core");
    expect(codebase.files.length).toBeGreaterThan(20);
  });

  for (const { sentence, check } of allLaws) {
    test(sentence, () => expect(formatViolations(check(codebase))).toBe(""));
  }
});
