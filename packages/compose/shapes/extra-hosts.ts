import { entriesOf, itemsOf, type Node, textOf } from "../yaml/node.ts";
import { dictionary, textOrWords } from "./collections.ts";
import { mergeExtraHosts } from "./merge-rules.ts";
import type { Mistake, Shape } from "./shape.ts";

/** `extra_hosts`: `HOST=IP` or `HOST:IP` texts, or a mapping of hosts to one address or several; printed as sorted `HOST=IP`. */
export const extraHosts: Shape = {
  ...dictionary(textOrWords()),
  is: "a list of HOST=IP or a mapping",
  accepts: ["list", "mapping"],
  item: { is: "HOST=IP", accepts: ["text"], check: checkPair, print: textOf },
  merge: mergeExtraHosts,
  print: (node) => {
    const pairs = node.kind === "list" ? itemsOf(node).flatMap(pairsOfText) : pairsOfMapping(node);
    return pairs.length === 0 ? undefined : [...pairs].sort((a, b) => (a < b ? -1 : 1));
  },
};

function checkPair(given: string): Mistake | undefined {
  return /^[^=:]+[=:]/.test(given)
    ? undefined
    : { wrong: "is not HOST=IP", hint: "write it as db.example.com=10.0.0.1" };
}

function pairsOfText(item: Node): readonly string[] {
  const given = textOf(item) ?? "";
  const cut = given.includes("=") ? given.indexOf("=") : given.indexOf(":");
  const host = given.slice(0, cut);
  return given
    .slice(cut + 1)
    .split(",")
    .map((address) => `${host}=${withoutBrackets(address)}`);
}

function pairsOfMapping(node: Node): readonly string[] {
  return [...entriesOf(node)].flatMap(([host, entry]) =>
    (entry.node.kind === "list" ? entry.node.items : [entry.node]).map(
      (item) => `${host}=${withoutBrackets(textOf(item) ?? "")}`,
    ),
  );
}

function withoutBrackets(address: string): string {
  return address.replace(/^\[(.+)\]$/, "$1");
}
