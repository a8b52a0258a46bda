/** What the terminal can do, as its environment variables tell. */
export interface TerminalTraits {
  readonly hasColour: boolean;
  readonly isUtf8: boolean;
  /** It cannot move its cursor: no screen, lines only. */
  readonly isDumb: boolean;
}

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Reads TERM, NO_COLOR (no-color.org: any value that is not empty) and the locale (POSIX.1 section 8.2: LC_ALL, then LC_CTYPE,
 * then LANG; the first that is not empty counts). Without any locale variable, UTF-8 is assumed on macOS and Windows terminals only
 * when they name themselves (TERM_PROGRAM, WT_SESSION).
 */
export function terminalTraits(variables: Variables): TerminalTraits {
  const isDumb = variables.TERM === "dumb";
  return { hasColour: !isDumb && !variables.NO_COLOR, isUtf8: speaksUtf8(variables), isDumb };
}

function speaksUtf8(variables: Variables): boolean {
  const locale = variables.LC_ALL || variables.LC_CTYPE || variables.LANG;
  if (locale) return /utf-?8/i.test(locale);
  return Boolean(variables.TERM_PROGRAM || variables.WT_SESSION);
}
