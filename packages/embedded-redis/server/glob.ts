/** True when the text matches the pattern by Redis's rules: `*`, `?`, `[a-c]`, `[^a]`, `\x` (KEYS, documentation). Linear but for nested stars. */
export function matchesGlob(pattern: string, text: string, isIgnoringCase = false): boolean {
  if (isIgnoringCase) return matchFrom(pattern.toLowerCase(), 0, text.toLowerCase(), 0);
  if (pattern === "*") return true;
  return matchFrom(pattern, 0, text, 0);
}

function matchFrom(pattern: string, patternStart: number, text: string, textStart: number): boolean {
  let p = patternStart;
  let t = textStart;
  // Where to go on when the text after the last star does not fit: one character later.
  let starPattern = -1;
  let starText = 0;
  for (;;) {
    if (p < pattern.length && pattern[p] === "*") {
      starPattern = ++p;
      starText = t;
      continue;
    }
    if (t >= text.length && p >= pattern.length) return true;
    const next = t < text.length ? matchOne(pattern, p, text[t] ?? "") : -1;
    if (next >= 0) {
      p = next;
      t++;
    } else if (starPattern >= 0 && starText < text.length) {
      p = starPattern;
      t = ++starText;
    } else {
      return false;
    }
  }
}

/** The place in the pattern after the part that matched this character; -1 when it did not match. */
function matchOne(pattern: string, at: number, character: string): number {
  if (at >= pattern.length) return -1;
  const symbol = pattern[at];
  if (symbol === "?") return at + 1;
  if (symbol === "[") return matchClass(pattern, at + 1, character);
  if (symbol === "\\" && at + 1 < pattern.length) return pattern[at + 1] === character ? at + 2 : -1;
  return symbol === character ? at + 1 : -1;
}

function matchClass(pattern: string, start: number, character: string): number {
  let at = start;
  const isNegated = pattern[at] === "^";
  if (isNegated) at++;
  let isMatch = false;
  for (; at < pattern.length && pattern[at] !== "]"; at++) {
    if (pattern[at] === "\\" && at + 1 < pattern.length) {
      at++;
      if (pattern[at] === character) isMatch = true;
    } else if (pattern[at + 1] === "-" && at + 2 < pattern.length) {
      const [low = "", high = ""] = [pattern[at], pattern[at + 2]].sort();
      if (character >= low && character <= high) isMatch = true;
      at += 2;
    } else if (pattern[at] === character) {
      isMatch = true;
    }
  }
  return isMatch !== isNegated ? Math.min(at + 1, pattern.length) : -1;
}
