import { distance } from "fastest-levenshtein";

/** The known word that a mistyped one most likely means; undefined when none is close. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  // A third of the word, and at least two letters, may be wrong: `imge`, `depnds_on`, `enviroment`.
  const limit = Math.max(2, Math.floor(word.length / 3));
  let best: string | undefined;
  let bestDistance = Math.min(limit, word.length - 1) + 1;
  for (const each of known) {
    const far = distance(word.toLowerCase(), each);
    if (far < bestDistance) {
      best = each;
      bestDistance = far;
    }
  }
  return best;
}
