/** A command line in words, and where it was cut off: at the first shell operator, which Compose ignores with all that follows. */
export interface ShellWords {
  readonly words: readonly string[];
  readonly cutAt?: number;
}

/**
 * Splits a command line as Compose does for `command` and `entrypoint`: quotes, backslashes, and no shell: variables and `$(...)`
 * stay text, and the first unquoted `;`, `&`, `|`, `<` or `>` ends it. Undefined when a quote is not closed.
 */
export function splitShellWords(line: string): ShellWords | undefined {
  const words: string[] = [];
  let word = "";
  let hasWord = false;
  let quote: "" | '"' | "'" | "`" | "(" = "";
  let isEscaped = false;
  let cutAt: number | undefined;
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at] ?? "";
    if (isEscaped) {
      word += character;
      isEscaped = false;
      hasWord = true;
    } else if (character === "\\" && quote !== "'") {
      isEscaped = true;
    } else if (/[ \t\r\n]/.test(character)) {
      if (quote !== "") word += character;
      else if (hasWord) {
        words.push(word);
        word = "";
        hasWord = false;
      }
    } else if ((character === '"' || character === "'") && (quote === "" || quote === character)) {
      if (quote === character) hasWord = true;
      quote = quote === "" ? character : "";
    } else if (character === "(" && (quote === "" || quote === "(")) {
      if (quote === "(" || !word.endsWith("$")) return undefined;
      quote = "(";
      word += character;
    } else if (/[;&|<>]/.test(character) && quote === "") {
      cutAt = at;
      if (character === ">" && /^\d/.test(word)) hasWord = false;
      break;
    } else {
      if (character === "`" && (quote === "" || quote === "`")) quote = quote === "" ? "`" : "";
      if (character === ")" && (quote === "" || quote === "(")) quote = quote === "(" ? "" : "(";
      word += character;
      hasWord = true;
    }
  }
  if (hasWord) words.push(word);
  if (quote !== "" || isEscaped) return undefined;
  return { words, ...(cutAt === undefined ? {} : { cutAt }) };
}
