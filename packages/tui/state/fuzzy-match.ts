/**
 * How well a text answers a query: the query's characters must occur in it in their order; whole words, beginnings of words and
 * neighbours count more. Undefined when they do not occur; greater is better.
 */
export function fuzzyScore(text: string, query: string): number | undefined {
  const hay = text.toLowerCase();
  let score = 0;
  let from = 0;
  let previous = -2;
  for (const character of query.toLowerCase()) {
    if (character === " ") continue;
    const index = nextIndex(hay, character, from, previous);
    if (index < 0) return undefined;
    if (index === previous + 1) score += 3;
    if (index === 0 || hay[index - 1] === " ") score += 4;
    score -= Math.min(3, index - from) * 0.5;
    previous = index;
    from = index + 1;
  }
  return score;
}

/** The neighbour if it fits, else the next beginning of a word, else the next place at all. */
function nextIndex(hay: string, character: string, from: number, previous: number): number {
  if (hay[previous + 1] === character && previous >= 0) return previous + 1;
  const wordStart =
    hay.startsWith(character, from) && from === 0 ? 0 : hay.indexOf(` ${character}`, Math.max(0, from - 1)) + 1;
  if (wordStart > 0 || (wordStart === 0 && hay[0] === character && from === 0)) return wordStart;
  return hay.indexOf(character, from);
}
