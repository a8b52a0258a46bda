/** What one line of `docker compose --progress json` says. */
export interface ComposeProgress {
  /** `Image redis:8`, `Container shop-web-1`, a layer's id, a build step. */
  readonly id: string;
  readonly text: string;
  /** Bytes, where it is a transfer. */
  readonly done?: number;
  readonly total?: number;
  readonly isError: boolean;
}

/** Reads a line; a line that is not JSON (a warning, a build's own output) is its own text. */
export function readComposeProgress(line: string): ComposeProgress {
  const data = parse(line);
  if (!data) return { id: "", text: line, isError: false };
  const text = [data.status, data.text, data.details, data.message].filter((each) => typeof each === "string" && each);
  const { current, total } = data;
  return {
    id: [data.parent_id, data.id].filter((each) => typeof each === "string" && each).join(" "),
    text: text.join(" "),
    ...(typeof current === "number" && typeof total === "number" && total > 0 ? { done: current, total } : {}),
    isError: data.error === true || data.status === "Error",
  };
}

/** The lines of a failed call as a person would have read them. */
export function readableLines(lines: readonly string[]): readonly string[] {
  const texts = lines.map(readComposeProgress).map(({ id, text }) => [id, text].filter(Boolean).join(": "));
  return texts.filter((text) => text !== "");
}

function parse(line: string): Readonly<Record<string, unknown>> | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
