import { describe, expect, it } from "vitest";
import { figureRow, ratioRow, timeRow } from "./rows.mjs";
import { asLine, asMarkdown, noise } from "./table.mjs";

describe("a row of the benchmark", () => {
  it("is the ratio of the medians, so that one slow run decides nothing", () => {
    const row = ratioRow("dev up", "compose", [100, 5_000, 120], [200, 190, 210], 0.6);
    expect(row).toMatchObject({ value: 0.6, isMet: true });
    expect(asLine(row)).toBe("0.60 x  <= 0.60 x  ok");
  });

  it("says MISSED where it is above its budget, however little", () => {
    expect(asLine(ratioRow("dev up", "compose", [122], [200], 0.6))).toBe("0.61 x  <= 0.60 x  MISSED");
    expect(asLine(figureRow("idle", [0.4, 1.2, 1.1], "% of a core", 1))).toBe("1.1 %  <= 1.0 %  MISSED");
  });

  it("without a budget is for the record and never missed", () => {
    expect(timeRow("clone", [21_000])).toMatchObject({ against: "for the record", isMet: true });
  });

  it("shows the spread in the table, and how noisy the machine was", () => {
    const rows = [timeRow("dev up", [900, 1_000, 1_200], 2_000)];
    expect(asMarkdown(rows).split("\n")[2]).toBe(
      "| dev up | absolute | 1.00 s | <= 2.00 s | ok | 1.00 s (900 ms to 1.20 s, 3 runs) |  |",
    );
    expect(noise(rows)).toBe('Runs lie within +-15 % of their median, the widest in "dev up".');
  });
});
