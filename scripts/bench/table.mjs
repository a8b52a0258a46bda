// Rows as text, and as the README's table.
const columns = ["what", "against", "ratio or value", "budget", "", "dev", "the other"];
const formats = {
  x: (value) => `${value.toFixed(2)} x`,
  ms: (value) => (value < 1000 ? `${Math.round(value)} ms` : `${(value / 1000).toFixed(2)} s`),
  "% of a core": (value) => `${value.toFixed(1)} %`,
  "/s": (value) => `${Math.round(value).toLocaleString("en")}/s`,
  MB: (value) => `${value.toFixed(0)} MB`,
};

/** One row in a line, while the others are still measured. */
export function asLine(row) {
  return cells(row).slice(2, 5).join("  ").trimEnd();
}

export function asText(rows) {
  const lines = [columns, ...rows.map(cells)];
  const widths = columns.map((_, index) => Math.max(...lines.map((line) => line[index].length)));
  const padded = lines.map((line) => line.map((cell, index) => cell.padEnd(widths[index])));
  return padded.map((line) => line.join("  ").trimEnd()).join("\n");
}

export function asMarkdown(rows) {
  return [columns, columns.map(() => "---"), ...rows.map(cells)].map((line) => `| ${line.join(" | ")} |`).join("\n");
}

/** How far runs of one command lie apart at most, as half their range in percent of their median; and which. */
export function noise(rows) {
  const spreads = rows.flatMap(({ what, unit, ours, theirs }) =>
    [ours, theirs]
      .filter((side) => (unit === "ms" || unit === "x") && side?.runs > 1)
      .map(({ median, min, max }) => ({ what, percent: ((max - min) / 2 / median) * 100 })),
  );
  if (spreads.length === 0) return "";
  const widest = spreads.reduce((a, b) => (b.percent > a.percent ? b : a));
  return `Runs lie within +-${widest.percent.toFixed(0)} % of their median, the widest in "${widest.what}".`;
}

function cells({ what, against, unit, sideUnit, isFloor, value, budget, isMet, ours, theirs }) {
  const limit =
    budget === undefined ? ["", ""] : [`${isFloor ? ">=" : "<="} ${formats[unit](budget)}`, isMet ? "ok" : "MISSED"];
  const timeUnit = sideUnit ?? (unit === "x" ? "ms" : unit);
  return [what, against, formats[unit](value), ...limit, spread(ours, timeUnit), spread(theirs, timeUnit)];
}

function spread(side, unit) {
  if (side === undefined) return "";
  const [median, min, max] = [side.median, side.min, side.max].map(formats[unit]);
  return side.runs === 1 ? `${median} (1 run)` : `${median} (${min} to ${max}, ${side.runs} runs)`;
}
