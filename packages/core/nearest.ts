import { distance } from "fastest-levenshtein";

/** The known word that a mistyped one most likely means; undefined when none is close. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  // A third of the word, and at least two letters, may be wrong: `imge`, `depnds_on`, `enviroment`.
  const limit = word.length <= 3 ? 1 : Math.max(2, Math.floor(word.length / 3));
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const each of known) {
    const far = letters(word) === letters(each) ? 1 : distance(word.toLowerCase(), each.toLowerCase());
    if (far < bestDistance) {
      best = each;
      bestDistance = far;
    }
  }
  return best;
}

/** The letters of a word in order: two that were swapped are one mistake, not two. */
function letters(word: string): string {
  return [...word.toLowerCase()].sort().join("");
}
