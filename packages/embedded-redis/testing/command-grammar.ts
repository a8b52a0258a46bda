import fc from "fast-check";

/** The values that `$name` of a template can be. */
export type Pools = Readonly<Record<string, readonly string[]>>;

/** Templates of a family of commands for comparison with a real server; what is random or newer than Redis 7.0 is not among them. */
export interface Family {
  readonly name: string;
  readonly templates: readonly string[];
  readonly pools?: Pools;
}

/** Values that most families need. */
export const commonPools: Pools = {
  k: ["a", "b", "c", "d"],
  v: ["", "x", "hello", "10", "-3", "3.5", "\xff\x00z", "12345678901234567890", "v".repeat(70)],
  m: ["m1", "m2", "m3", "7", "-12", "\xe9", ""],
  i: ["0", "1", "2", "-1", "-2", "5", "100", "-100", "x", "9223372036854775807"],
  e: ["100000", "200000", "0", "-1", "x", "9223372036854775807"],
  n: ["0", "1", "2", "3", "10"],
  f: ["0", "1", "2.5", "-1", "1e3", "inf", "-inf", "0.1", "3", "nan", "x"],
};

type Words = fc.Arbitrary<readonly string[]>;

/**
 * Commands from templates: `SET $k $v [NX|XX]` has literals, choices by "|", pools by "$", optional groups in brackets, and
 * groups in braces that come one to three times.
 */
export function commandsOf(templates: readonly string[], pools: Pools): fc.Arbitrary<readonly string[]> {
  return fc.oneof(...templates.map((template) => compile(template.match(/[[\]{}]|[^\s[\]{}]+/g) ?? [], pools)));
}

function compile(tokens: readonly string[], pools: Pools): Words {
  const parts: Words[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] ?? "";
    if (token !== "[" && token !== "{") {
      parts.push(compileWord(token, pools));
      continue;
    }
    const end = closing(tokens, at);
    const inner = compile(tokens.slice(at + 1, end), pools);
    parts.push(token === "[" ? fc.oneof(fc.constant<readonly string[]>([]), inner) : repeated(inner));
    at = end;
  }
  return fc.tuple(...parts).map((lists) => lists.flat());
}

const repeated = (inner: Words): Words => fc.array(inner, { minLength: 1, maxLength: 3 }).map((lists) => lists.flat());

function compileWord(token: string, pools: Pools): Words {
  const choices = token.split("|").map((choice): Words => {
    if (!/^\$[a-z]/.test(choice)) return fc.constant([choice]);
    const pool = pools[choice.slice(1)];
    if (pool === undefined) throw new Error(`there is no pool ${choice}`);
    return fc
      .constantFrom(...pool)
      .map((value) => (choice === "$c" && value.includes(" ") ? value.split(" ") : [value]));
  });
  return fc.oneof(...choices);
}

function closing(tokens: readonly string[], open: number): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    if (tokens[at] === "[" || tokens[at] === "{") depth++;
    if ((tokens[at] === "]" || tokens[at] === "}") && --depth === 0) return at;
  }
  throw new Error("a group is not closed");
}
