/** A regular expression, parsed. Leaves carry their JavaScript source for the flag `u` (and `i`). */
export type RegexNode =
  | RegexLeaf
  | { readonly kind: "sequence"; readonly items: readonly RegexNode[] }
  | { readonly kind: "choice"; readonly branches: readonly RegexNode[] }
  | { readonly kind: "capture"; readonly number: number; readonly child: RegexNode }
  | { readonly kind: "reference"; readonly number: number; readonly isCaseless: boolean }
  | { readonly kind: "look"; readonly isBehind: boolean; readonly isNegative: boolean; readonly child: RegexNode }
  | { readonly kind: "atomic"; readonly child: RegexNode }
  | {
      readonly kind: "repeat";
      readonly child: RegexNode;
      readonly min: number;
      /** Infinity without an end. */
      readonly max: number;
      readonly isLazy: boolean;
    };

/** One code point of a set, or a place, which has no length. */
export interface RegexLeaf {
  readonly kind: "leaf";
  readonly source: string;
  /** The text that it stands for. */
  readonly literal?: string;
  readonly isPlace?: boolean;
  /** Whether it ignores case; unsaid where that makes no difference. */
  readonly isCaseless?: boolean;
}

/** The options of MongoDB's regular expressions (manual, "$regex", `$options`); `u` says nothing new. */
export interface RegexFlags {
  readonly ignoreCase: boolean;
  readonly multiLine: boolean;
  readonly dotAll: boolean;
  readonly extended: boolean;
}

/** All kinds of children. */
export function childrenOf(node: RegexNode): readonly RegexNode[] {
  switch (node.kind) {
    case "sequence":
      return node.items;
    case "choice":
      return node.branches;
    case "leaf":
    case "reference":
      return [];
    default:
      return [node.child];
  }
}

/** Whether all parts ignore case, none, or some; undefined where it makes no difference. */
export function caseOf(node: RegexNode): "ignored" | "kept" | "mixed" | undefined {
  if (node.kind === "leaf" || node.kind === "reference") {
    return node.isCaseless === undefined ? undefined : node.isCaseless ? "ignored" : "kept";
  }
  const kinds = new Set(
    childrenOf(node)
      .map(caseOf)
      .filter((each) => each !== undefined),
  );
  return kinds.size > 1 ? "mixed" : [...kinds][0];
}
