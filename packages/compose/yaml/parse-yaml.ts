import { Composer, CST, isAlias, isMap, isScalar, isSeq, Parser } from "yaml";
import type { Report } from "../report.ts";
import { convertDocument, type YamlDocument } from "./convert.ts";
import { describeYamlError } from "./describe-yaml-error.ts";
import type { Source } from "./source.ts";

/** Deeper than any Compose file; past it, text is refused instead of recursed into. */
const maxDepth = 60;

/**
 * Reads YAML text: one entry a document that has content. Undefined when it is not YAML, which is reported; what its
 * parts mean is anybody's guess then.
 */
export function parseYaml(source: Source, report: Report): readonly YamlDocument[] | undefined {
  const tokens = [...new Parser().parse(source.text)];
  const deep = firstTooDeep(tokens);
  if (deep !== undefined) {
    report({
      place: { source, start: deep, end: deep + 1 },
      message: `this is nested more than ${maxDepth} levels deep`,
      hint: "no Compose file needs that: look for brackets or dashes that are not closed",
    });
    return undefined;
  }
  const options = {
    schema: "failsafe",
    merge: false,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: "silent",
  } as const;
  const documents = [...new Composer(options).compose(tokens)];
  const errors = documents.flatMap((document) => document.errors);
  for (const error of errors) report(describeYamlError(error, source));
  if (errors.length > 0) return undefined;
  const converted: YamlDocument[] = [];
  for (const { contents } of documents) {
    if (!(isMap(contents) || isSeq(contents) || isScalar(contents) || isAlias(contents))) continue;
    if (isScalar(contents) && contents.value === "" && contents.tag === undefined) continue;
    converted.push(convertDocument(contents, source, report));
  }
  return converted;
}

/** The offset of the first token that lies deeper than `maxDepth`; found without recursion. */
function firstTooDeep(tokens: readonly CST.Token[]): number | undefined {
  const open: { readonly token: CST.Token; readonly depth: number }[] = tokens.map((token) => ({ token, depth: 0 }));
  for (let next = open.pop(); next; next = open.pop()) {
    const { token, depth } = next;
    if (depth > maxDepth) return token.offset;
    if (token.type === "document" && token.value) open.push({ token: token.value, depth });
    if (!CST.isCollection(token)) continue;
    for (const item of token.items) {
      if (item.key) open.push({ token: item.key, depth: depth + 1 });
      if (item.value) open.push({ token: item.value, depth: depth + 1 });
    }
  }
  return undefined;
}
