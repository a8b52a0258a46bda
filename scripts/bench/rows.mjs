// What a benchmark found, as rows: a ratio against what a user would take instead, or a figure alone, beside its budget.

/** Ours against theirs, both in milliseconds: the ratio of the medians. */
export function ratioRow(what, against, oursMs, theirsMs, budget) {
  const [ours, theirs] = [summary(oursMs), summary(theirsMs)];
  return row({ what, against, unit: "x", value: ours.median / theirs.median, budget, ours, theirs });
}

/** Ours alone, as a rate that must reach the budget; beside the other's in the same run, where there is another. */
export function rateRow(what, ours, budget, theirs) {
  const against = theirs === undefined ? "absolute" : "absolute; beside it the other";
  const found = { what, against, unit: "/s", value: summary(ours).median, budget, isFloor: true, ours: summary(ours) };
  return row(theirs === undefined ? found : { ...found, theirs: summary(theirs) });
}

/** Our rate against theirs: the ratio of the medians must reach the budget. */
export function rateRatioRow(what, against, ourRates, theirRates, budget) {
  const [ours, theirs] = [summary(ourRates), summary(theirRates)];
  return row({
    what,
    against,
    unit: "x",
    sideUnit: "/s",
    value: ours.median / theirs.median,
    budget,
    isFloor: true,
    ours,
    theirs,
  });
}

/** Ours alone, in milliseconds; without a budget, for the record. */
export function timeRow(what, samplesMs, budget) {
  return figureRow(what, samplesMs, "ms", budget);
}

/** Ours alone, in some unit: the median. */
export function figureRow(what, samples, unit, budget) {
  const ours = summary(samples);
  const against = budget === undefined ? "for the record" : "absolute";
  return row({ what, against, unit, value: ours.median, budget, ours });
}

function row(found) {
  return {
    ...found,
    isMet: found.budget === undefined || (found.isFloor ? found.value >= found.budget : found.value <= found.budget),
  };
}

function summary(samples) {
  const sorted = samples.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  return { median, min: sorted[0], max: sorted.at(-1), runs: sorted.length };
}
