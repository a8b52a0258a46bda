import type { Exchange } from "./exchange.ts";
import type { Sink } from "./sink.ts";
import { replacing, substitutingSink } from "./substituting-sink.ts";

/** What of an answer matters here. */
interface Answered {
  readonly headers: readonly string[];
  readonly length: number | undefined;
}

/** An answer whose body is changed on its way (ngx_http_sub_module). */
export interface Substitution<A extends Answered> {
  /** The head that goes with the changed body. */
  readonly answer: A;
  /** Takes the body as it is, and hands it on changed. */
  into(sink: Sink): Sink;
}

/** What `sub_filter` makes of an answer; undefined where it has nothing to do with it. */
export function substitutionOf<A extends Answered>(
  { settings, lookup }: Exchange,
  answer: A,
): Substitution<A> | undefined {
  const { subFilters, subFilterOnce, subFilterTypes, subFilterLastModified } = settings;
  if (subFilters.length === 0 || answer.length === 0) return undefined;
  const type = answer.headers[indexOf(answer.headers, "content-type") + 1]?.split(";")[0]?.trim().toLowerCase();
  if (indexOf(answer.headers, "content-type") < 0 || type === undefined) return undefined;
  if (!subFilterTypes.includes("*") && !subFilterTypes.includes(type)) return undefined;
  const pairs = subFilters
    .map(({ text, replacement }) => replacing(text.evaluate(lookup), replacement.evaluate(lookup)))
    .filter(({ text }) => text !== "");
  if (pairs.length === 0) return undefined;
  return {
    answer: { ...answer, length: undefined, headers: changedHeaders(answer.headers, subFilterLastModified) },
    into: (sink) => substitutingSink(sink, pairs, subFilterOnce),
  };
}

/** The body is another one: its length is not known, it has no byte ranges, and its entity tag is weak, or gone with the date. */
function changedHeaders(headers: readonly string[], keepsDate: boolean): readonly string[] {
  const kept: string[] = [];
  for (let at = 0; at < headers.length; at += 2) {
    const name = headers[at] ?? "";
    const value = headers[at + 1] ?? "";
    const known = name.toLowerCase();
    if (known === "accept-ranges" || (!keepsDate && (known === "last-modified" || known === "etag"))) continue;
    kept.push(name, known === "etag" && !value.startsWith("W/") ? `W/${value}` : value);
  }
  return kept;
}

function indexOf(headers: readonly string[], name: string): number {
  for (let at = 0; at < headers.length; at += 2) if (headers[at]?.toLowerCase() === name) return at;
  return -1;
}
