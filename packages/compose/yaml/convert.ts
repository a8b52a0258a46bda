import { type Alias, isAlias, isMap, isScalar, isSeq, type YAMLMap, type YAMLSeq, type Node as YamlNode } from "yaml";
import type { Report } from "../report.ts";
import { type Entry, type Node, type ScalarNode, scalar } from "./node.ts";
import { readPlainScalar } from "./plain-scalar.ts";
import type { Place, Source } from "./source.ts";

/** Keys from the root to a value. */
export type Path = readonly string[];

/** One document of a file. */
export interface YamlDocument {
  readonly root: Node;
  /** Where `!reset` and `!override` stand: what earlier files say there is forgotten. */
  readonly resets: readonly Path[];
}

/** Aliases may multiply a small text; past this many values it is refused. */
const maxValues = 100_000;

interface Converted {
  /** Undefined: `!reset`, or something that was reported. */
  readonly node: Node | undefined;
  readonly resets: readonly Path[];
  /** How many values it has, aliases written out. */
  readonly size: number;
}

/** Turns a parsed document into nodes: aliases and merges written out, `!reset` and `!override` taken off and listed. */
export function convertDocument(contents: YamlNode, source: Source, report: Report): YamlDocument {
  const converter = new Converter(source, report);
  const { node, resets } = converter.convert(contents);
  return { root: node ?? scalar(null, converter.placeOf(contents)), resets };
}

/** Holds the anchors seen so far, which is what an alias may refer to. */
class Converter {
  readonly #source: Source;
  readonly #report: Report;
  readonly #anchors = new Map<string, Converted | "open">();
  #total = 0;
  #isTooLarge = false;

  constructor(source: Source, report: Report) {
    this.#source = source;
    this.#report = report;
  }

  convert(yaml: unknown): Converted {
    if (isAlias(yaml)) return this.#alias(yaml);
    const anchor = isMap(yaml) || isSeq(yaml) || isScalar(yaml) ? yaml.anchor : undefined;
    if (anchor !== undefined) this.#anchors.set(anchor, "open");
    const converted = this.#content(yaml);
    if (anchor !== undefined) this.#anchors.set(anchor, converted);
    return converted;
  }

  placeOf(yaml: YamlNode): Place {
    const [start = 0, end = start] = yaml.range ?? [];
    return { source: this.#source, start, end };
  }

  #content(yaml: unknown): Converted {
    if (isScalar(yaml)) {
      if (yaml.tag === "!reset") return reset;
      const text = String(yaml.value ?? "");
      const place = this.placeOf(yaml);
      const isPlain = yaml.type === "PLAIN" && yaml.tag !== "tag:yaml.org,2002:str";
      const isNumber = yaml.tag === "tag:yaml.org,2002:int" || yaml.tag === "tag:yaml.org,2002:float";
      const read = isPlain || isNumber ? readPlainScalar(text) : { value: text, text };
      const node: ScalarNode = { kind: "scalar", ...read, place };
      return { node, resets: overrides(yaml.tag), size: 1 };
    }
    if (isMap(yaml)) return yaml.tag === "!reset" ? reset : this.#mapping(yaml);
    if (isSeq(yaml)) return yaml.tag === "!reset" ? reset : this.#list(yaml);
    return { node: undefined, resets: [], size: 0 };
  }

  #alias(yaml: Alias): Converted {
    const found = this.#anchors.get(yaml.source);
    const place = this.placeOf(yaml);
    if (found === undefined || found === "open") {
      const message =
        found === undefined
          ? `there is no &${yaml.source} above this *${yaml.source}`
          : `*${yaml.source} stands inside itself`;
      const hint = found === undefined ? "define it earlier in the same file" : "move the anchor to a value of its own";
      this.#report({ place: { ...place, end: place.start + yaml.source.length + 1 }, message, hint });
      return { node: undefined, resets: [], size: 0 };
    }
    this.#total += found.size;
    if (this.#total > maxValues) {
      if (!this.#isTooLarge) {
        const message = `the aliases of this file write out to more than ${maxValues} values`;
        this.#report({ place, message, hint: "an alias of aliases multiplies: write fewer of them" });
      }
      this.#isTooLarge = true;
      return { node: undefined, resets: [], size: 0 };
    }
    return found;
  }

  #list(yaml: YAMLSeq): Converted {
    const converted = yaml.items.map((item, index) => prefix(this.convert(item), String(index)));
    const items = converted.flatMap(({ node }) => (node ? [node] : []));
    return {
      node: { kind: "list", items, place: this.placeOf(yaml) },
      resets: [...overrides(yaml.tag), ...converted.flatMap(({ resets }) => resets)],
      size: converted.reduce((sum, { size }) => sum + size, 1),
    };
  }

  #mapping(yaml: YAMLMap): Converted {
    const entries = new Map<string, Entry>();
    const merged: Converted[] = [];
    const written = new Map<string, Place>();
    const resets: Path[] = [...overrides(yaml.tag)];
    let size = 1;
    for (const pair of yaml.items) {
      const key = this.#key(pair.key);
      if (key === undefined) {
        this.convert(pair.value);
        continue;
      }
      const earlier = written.get(key.text);
      if (earlier) this.#reportDuplicate(key.text, key.place, earlier);
      written.set(key.text, key.place);
      if (key.isMerge) {
        merged.push(...this.#merges(pair.value, key.place));
        continue;
      }
      const value = prefix(this.convert(pair.value ?? null), key.text);
      resets.push(...value.resets);
      size += value.size;
      const node = value.node ?? (pair.value === null ? scalar(null, key.place) : undefined);
      if (node && !earlier) entries.set(key.text, { keyPlace: key.place, node });
    }
    for (const each of merged) {
      size += each.size;
      resets.push(...each.resets);
      if (each.node?.kind !== "mapping") continue;
      for (const [key, entry] of each.node.entries) if (!written.has(key) && !entries.has(key)) entries.set(key, entry);
    }
    return { node: { kind: "mapping", entries, place: this.placeOf(yaml) }, resets, size };
  }

  /** The mappings that `<<` brings in; of the same key the first one wins (YAML 1.1, merge key type). */
  #merges(yaml: unknown, keyPlace: Place): readonly Converted[] {
    const value = this.convert(yaml);
    if (value.node === undefined) return [];
    if (value.node.kind === "mapping") return [value];
    if (value.node.kind === "list" && value.node.items.every((item) => item.kind === "mapping")) {
      return value.node.items.map((node) => ({ node, resets: [], size: value.size }));
    }
    this.#report({ place: keyPlace, message: "<< takes a mapping or a list of mappings", hint: "write <<: *name" });
    return [];
  }

  #key(yaml: unknown): { readonly text: string; readonly place: Place; readonly isMerge: boolean } | undefined {
    if (isAlias(yaml)) {
      const { node } = this.#alias(yaml);
      return node?.kind === "scalar" ? { text: node.text, place: this.placeOf(yaml), isMerge: false } : undefined;
    }
    const place = yaml && isScalar(yaml) ? this.placeOf(yaml) : undefined;
    if (!isScalar(yaml) || !place) {
      const where = isMap(yaml) || isSeq(yaml) ? this.placeOf(yaml) : { source: this.#source, start: 0, end: 0 };
      this.#report({ place: where, message: "a key must be text", hint: "a list or a mapping cannot be a key" });
      return undefined;
    }
    const text = String(yaml.value ?? "");
    const read = yaml.type === "PLAIN" ? readPlainScalar(text) : { value: text };
    if (typeof read.value !== "string") {
      const hint = text === "" ? "a name is missing before the `:`" : `put it into quotes: "${text}"`;
      this.#report({ place, message: text === "" ? "a key is empty" : `the key ${text} is not text`, hint });
      return undefined;
    }
    return { text, place, isMerge: text === "<<" && yaml.type === "PLAIN" };
  }

  #reportDuplicate(key: string, place: Place, earlier: Place): void {
    const line = earlier.source.lineStarts.findLastIndex((start) => start <= earlier.start) + 1;
    this.#report({
      place,
      message: `the key ${key} stands twice in this mapping, first in line ${line}`,
      hint: "keep one of them",
    });
  }
}

const reset: Converted = { node: undefined, resets: [[]], size: 0 };

function overrides(tag: string | undefined): readonly Path[] {
  return tag === "!override" ? [[]] : [];
}

function prefix(converted: Converted, key: string): Converted {
  if (converted.resets.length === 0) return converted;
  return { ...converted, resets: converted.resets.map((path) => [key, ...path]) };
}
