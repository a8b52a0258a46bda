import { type Entry, itemsOf, mapping, type Node, scalar, textOf } from "../yaml/node.ts";
import { keyBeforeEquals, keyValues, record, sorted, words } from "./collections.ts";
import { extraHosts } from "./extra-hosts.ts";
import { references } from "./references.ts";
import { byteSize, flag, text } from "./scalars.ts";
import type { Mistake, Shape } from "./shape.ts";
import { ulimits } from "./ulimits.ts";

const unique = { keyOf: keyBeforeEquals };

/** Keys of SSH agents or files for a build: `default`, or `id=path`. */
const ssh: Shape = {
  ...keyValues("none"),
  is: "a list of SSH keys",
  others: text("a path", { path: "file", accepts: ["text", "null"] }),
  print: (node) => {
    const keys = sorted(node).map(([id, entry]) => (textOf(entry.node) ? `${id}: ${textOf(entry.node)}` : id));
    return keys.length === 0 ? undefined : keys;
  },
};

const contexts: Shape = keyValues("empty", {
  others: text("a path, an address or service:NAME", { path: "context" }),
  expand: (node) => splitContexts(node),
});

/** `build` of a service (Compose Build Specification); a text is its context. */
export const build: Shape = record(
  "a build",
  {
    context: text("a path or an address", { path: "context" }),
    dockerfile: text(),
    dockerfile_inline: text(),
    entitlements: words(),
    args: keyValues("none"),
    provenance: text("text or a boolean", { accepts: ["text", "boolean"] }),
    sbom: text("text or a boolean", { accepts: ["text", "boolean"] }),
    ssh,
    labels: keyValues("empty"),
    cache_from: words(),
    cache_to: words(),
    no_cache: flag(),
    additional_contexts: contexts,
    pull: flag(),
    extra_hosts: extraHosts,
    isolation: text(),
    network: text(),
    target: text(),
    secrets: references(""),
    shm_size: byteSize(),
    tags: words(unique),
    ulimits,
    platforms: words(),
    privileged: flag(),
  },
  {
    is: "a path or a mapping",
    accepts: ["text", "mapping"],
    expand: (node) => (node.kind === "scalar" ? mapping({ context: node }, node.place) : node),
  },
);

function splitContexts(node: Node): Node | Mistake {
  if (node.kind !== "list") return node;
  const entries = new Map<string, Entry>();
  for (const item of itemsOf(node)) {
    const [key = "", ...rest] = (textOf(item) ?? "").split("=");
    if (rest.length === 0) return { wrong: "takes NAME=CONTEXT texts" };
    entries.set(key, { keyPlace: item.place, node: scalar(rest.join("="), item.place) });
  }
  return { kind: "mapping", entries, place: node.place };
}
