import { type Directive, unquote } from "../directive.ts";

const milliseconds: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  M: 2_592_000_000,
  y: 31_536_000_000,
};
const bytes: Readonly<Record<string, number>> = { k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

/** A time as `1h 30m`, `500ms` or `10` (seconds), in milliseconds (nginx.org/en/docs/syntax.html); undefined if it is none. */
export function readTime(word: string): number | undefined {
  if (!/^(\d+(ms|[smhdwMy])?\s*)+$/.test(word)) return undefined;
  let total = 0;
  for (const [, count = "", unit = "s"] of word.matchAll(/(\d+)(ms|[smhdwMy])?/g))
    total += Number(count) * (milliseconds[unit] ?? 0);
  return total;
}

/** A size as `64k`, `1m`, `2g` or `512`, in bytes; undefined if it is none. */
export function readSize(word: string): number | undefined {
  const match = /^(\d+)([kKmMgG])?$/.exec(word);
  return match ? Number(match[1]) * (bytes[match[2]?.toLowerCase() ?? ""] ?? 1) : undefined;
}

/** What the words of a directive say. */
export function values(at: Directive): readonly string[] {
  return at.words.map(unquote);
}

/** `name=value` words as a map; the others under their own name with an empty value. */
export function parameters(words: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    words.map((word) => {
      const at = word.indexOf("=");
      return at < 0 ? ([word, ""] as const) : ([word.slice(0, at), word.slice(at + 1)] as const);
    }),
  );
}
