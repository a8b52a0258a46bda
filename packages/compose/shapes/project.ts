import { child, type MappingNode, mapping, type Node, scalar, textOf, withKey } from "../yaml/node.ts";
import { dictionary, keyValues, listOf, record, textOrWords, words } from "./collections.ts";
import { mergePools } from "./merge-rules.ts";
import { options } from "./options.ts";
import { flag, integer, text } from "./scalars.ts";
import { services } from "./service.ts";
import type { PrintFormat, Shape } from "./shape.ts";

const names = /^[a-zA-Z0-9._-]+$/;
const hidden = { print: (): undefined => undefined };

/** `external: true`, or the old `external: {name: ...}`. */
const external: Shape = {
  ...flag(),
  is: "true or false",
  accepts: ["boolean", "text", "mapping"],
  keys: { name: text() },
  noun: "external",
};

/** The old form of an external resource in today's. */
function withExternalName(node: Node): Node {
  if (node.kind !== "mapping") return node;
  const given = node.entries.get("external")?.node;
  if (given?.kind !== "mapping") return node;
  const entries = new Map(node.entries).set("external", { keyPlace: given.place, node: scalar(true, given.place) });
  const name = textOf(given.entries.get("name")?.node);
  if (name !== undefined && !entries.has("name"))
    entries.set("name", { keyPlace: given.place, node: scalar(name, given.place) });
  return { ...node, entries };
}

const pool = record("an address pool", {
  subnet: text(),
  gateway: text(),
  ip_range: text(),
  aux_addresses: dictionary(text()),
});

const emptyInJson = (format: PrintFormat): object | undefined => (format === "json" ? {} : undefined);

const network = record(
  "a network",
  {
    name: text(),
    driver: text(),
    driver_opts: options,
    ipam: {
      ...record("ipam", {
        driver: text(),
        config: listOf(pool, { merge: mergePools }),
        options: { ...options, ...hidden },
      }),
      absent: emptyInJson,
    },
    external,
    internal: flag(),
    attachable: flag(),
    labels: keyValues("empty"),
    enable_ipv4: flag({ keep: true }),
    enable_ipv6: flag({ keep: true }),
  },
  { accepts: ["mapping", "null"], expand: withExternalName },
);

const volume = record(
  "a volume",
  { name: text(), driver: text(), driver_opts: options, external, labels: keyValues("empty") },
  { accepts: ["mapping", "null"], expand: withExternalName, paths: withDevicePath },
);

/** A local volume that is a bind mount names a folder. */
function withDevicePath(node: MappingNode, resolve: (path: string) => string): MappingNode {
  const given = child(node, "driver_opts");
  const device = child(given, "device");
  const isBind = textOf(child(node, "driver")) === "local" && textOf(child(given, "o")) === "bind";
  if (!isBind || given?.kind !== "mapping" || !device) return node;
  return withKey(node, "driver_opts", withKey(given, "device", scalar(resolve(textOf(device) ?? ""), device.place)));
}

const file = text("a path", { path: "file" });

const secret = record(
  "a secret",
  {
    name: text(),
    file,
    environment: text(),
    external,
    labels: keyValues("empty"),
    driver: text(),
    driver_opts: options,
    template_driver: text(),
  },
  { expand: withExternalName },
);

const config = record(
  "a config",
  {
    name: text(),
    file,
    environment: text(),
    content: text(),
    external,
    labels: keyValues("empty"),
    template_driver: text(),
  },
  { expand: withExternalName },
);

const model = record(
  "a model",
  { name: text(), model: text(), context_size: integer(), runtime_flags: words() },
  { required: ["model"] },
);

const include = record(
  "an include",
  { path: textOrWords(), project_directory: text(), env_file: textOrWords() },
  {
    is: "a path or a mapping",
    accepts: ["text", "mapping"],
    required: ["path"],
    expand: (node) =>
      node.kind === "scalar" ? mapping({ path: { kind: "list", items: [node], place: node.place } }, node.place) : node,
  },
);

/** A whole Compose file (Compose Specification, the top-level elements), in the order in which Compose prints them. */
export const project: Shape = record("a Compose file", {
  version: text("text", hidden),
  name: text(),
  services,
  networks: dictionary(network, { names }),
  volumes: dictionary(volume, { names }),
  secrets: dictionary(secret, { names }),
  configs: dictionary(config, { names }),
  models: dictionary(model, { names }),
  include: listOf(include, hidden),
});
