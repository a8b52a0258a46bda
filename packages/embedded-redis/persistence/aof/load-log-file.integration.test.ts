import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { encodeFrame } from "./frame.ts";
import { loadLogFile } from "./load-log-file.ts";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "log-file-"));
  path = join(folder, "appendonly.aof.1.incr.aof");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Loads these bytes; returns the units that were applied, each as its commands. */
function load(bytes: string, mayCut = true) {
  writeFileSync(path, bytes, "latin1");
  const units: string[][] = [];
  const lines: string[] = [];
  const target = {
    key: () => undefined,
    library: () => undefined,
    commands: (commands: readonly { database: number; args: readonly string[] }[]) =>
      units.push(commands.map(({ database, args }) => `${database}:${args.join(" ")}`)),
  };
  loadLogFile(path, target, mayCut, (line) => lines.push(line));
  return { units, lines, left: readFileSync(path, "latin1") };
}

const set = (key: string, value = "v"): string => encodeFrame(["SET", key, value]);
const word = (text: string): string => encodeFrame([text]);

test("Commands come with their database, transactions as one", () => {
  const bytes = `${encodeFrame(["SELECT", "2"])}${set("a")}#TS:1700000000\r\n${word("MULTI")}${set("b")}${set("c\xff")}${word("EXEC")}`;
  expect(load(bytes)).toEqual({ units: [["2:SET a v"], ["2:SET b v", "2:SET c\xff v"]], lines: [], left: bytes });
});

describe("At the end", () => {
  const whole = set("a") + set("b");
  for (const cut of [1, 5, 12, set("c").length - 1]) {
    test(`a command cut after ${cut} bytes is cut off and reported`, () => {
      const { units, lines, left } = load(whole + set("c").slice(0, cut));
      expect(units).toEqual([["0:SET a v"], ["0:SET b v"]]);
      expect(left).toBe(whole);
      expect(lines).toEqual([expect.stringContaining(`cut off the last ${cut} bytes, from offset ${whole.length} on`)]);
    });
  }

  test("a transaction without its EXEC is cut off whole", () => {
    const { units, lines, left } = load(`${whole}${word("MULTI")}${set("c")}${set("d")}`);
    expect(units).toHaveLength(2);
    expect(left).toBe(whole);
    expect(lines).toEqual([expect.stringContaining("a transaction without its EXEC")]);
  });

  test("zeros, as a file system leaves them after a crash, are cut off", () => {
    expect(load(`${whole}${"\0".repeat(4096)}`).left).toBe(whole);
  });

  test("nothing is cut off a file that is followed by others", () => {
    expect(() => load(whole + set("c").slice(0, 5), false)).toThrow(`${path} is broken at offset ${whole.length}`);
  });
});

describe("In the middle", () => {
  test("a broken command is refused, with file and offset, and the file stays as it is", () => {
    const bytes = `${set("a")}*3\r\n$3\r\nSEX\r\n${set("b")}${set("c")}`;
    expect(() => load(bytes)).toThrow(`${path} is broken at offset ${set("a").length}`);
    expect(readFileSync(path, "latin1")).toBe(bytes);
  });

  test("a wrong length that runs beyond the end is refused", () => {
    const bytes = set("a") + set("b").replace("$1", "$99999") + set("c");
    expect(() => load(bytes)).toThrow(`is broken at offset ${set("a").length}`);
  });

  test("a flipped bit is refused", () => {
    const bytes = `${set("a")}${set("b").replace("*3", "+3")}${set("c")}`;
    expect(() => load(bytes)).toThrow("is broken at offset");
  });
});
