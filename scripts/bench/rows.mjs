// What a benchmark found, as rows: a ratio against what a user would take instead, or an absolute figure, beside its budget.
import { milliseconds, summary } from "./measure.mjs";

/** Ours against theirs. */
export function ratioRow(what, against, ours, theirs, budget) {
  const [a, b] = [summary(ours), summary(theirs)];
  const value = a.median / b.median;
  return {
    what,
    against,
    value: `${value.toFixed(2)} x`,
    budget: `<= ${budget} x`,
    isMet: value <= budget,
    ours: spread(a),
    theirs: spread(b),
  };
}

/** Ours alone, in milliseconds. */
export function absoluteRow(what, samples, budgetMs) {
  const a = summary(samples);
  return {
    what,
    against: "absolute",
    value: milliseconds(a.median),
    budget: `<= ${milliseconds(budgetMs)}`,
    isMet: a.median <= budgetMs,
    ours: spread(a),
    theirs: "",
  };
}

/** A figure that has no budget. */
export function reportRow(what, samples) {
  const a = summary(samples);
  return {
    what,
    against: "for the record",
    value: milliseconds(a.median),
    budget: "",
    isMet: true,
    ours: spread(a),
    theirs: "",
  };
}

/** A figure of another unit. */
export function figureRow(what, value, text, budget, budgetText) {
  return { what, against: "absolute", value: text, budget: budgetText, isMet: value <= budget, ours: "", theirs: "" };
}

function spread({ median, min, max, runs }) {
  return `${milliseconds(median)} (${milliseconds(min)} to ${milliseconds(max)}, ${runs} runs)`;
}

const columns = ["what", "against", "ratio or value", "budget", "", "dev", "the other"];

function cells(row) {
  return [
    row.what,
    row.against,
    row.value,
    row.budget,
    row.budget === "" ? "" : row.isMet ? "ok" : "MISSED",
    row.ours,
    row.theirs,
  ];
}

export function asText(rows) {
  const table = [columns, ...rows.map(cells)];
  const widths = columns.map((_, index) => Math.max(...table.map((line) => line[index].length)));
  return table
    .map((line) =>
      line
        .map((cell, index) => cell.padEnd(widths[index]))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

export function asMarkdown(rows) {
  return [columns, columns.map(() => "---"), ...rows.map(cells)].map((line) => `| ${line.join(" | ")} |`).join("\n");
}
