import { parseVolumeSpec } from "../formats/volume-spec.ts";
import { child, type MappingNode, mapping, type Node, scalar, textOf, withKey } from "../yaml/node.ts";
import { keyValues, listOf, record } from "./collections.ts";
import { byteSize, choice, flag, integer, text } from "./scalars.ts";
import type { Mistake, Shape } from "./shape.ts";

const mount = record(
  "a mount",
  {
    type: choice("bind", "volume", "tmpfs", "cluster", "npipe", "image"),
    source: text(),
    target: text(),
    read_only: flag(),
    consistency: text(),
    bind: record("bind", {
      selinux: choice("z", "Z"),
      propagation: text(),
      create_host_path: flag(),
      recursive: choice("enabled", "disabled", "writable", "readonly"),
    }),
    volume: record("volume", { labels: keyValues("empty"), nocopy: flag(), subpath: text() }),
    tmpfs: record("tmpfs", { size: byteSize(), mode: integer({ min: 0 }) }),
    image: record("image", { subpath: text() }),
  },
  { is: "a mount", accepts: ["text", "mapping"], expand, paths, required: ["type", "target"] },
);

/** `volumes` of a service (Compose Specification, volumes): of two mounts on one target the last wins. */
export const mounts: Shape = listOf(mount, { is: "a list of mounts", keyOf: (item) => textOf(child(item, "target")) });

/** The source of a bind mount is a path; of a volume it is a name. */
function paths(node: MappingNode, resolve: (path: string) => string): MappingNode {
  const source = child(node, "source");
  if (textOf(child(node, "type")) !== "bind" || !source) return node;
  return withKey(node, "source", scalar(resolve(textOf(source) ?? ""), source.place));
}

function expand(node: Node): Node | Mistake {
  if (node.kind !== "scalar") return node;
  const spec = parseVolumeSpec(node.text);
  if (typeof spec === "string")
    return { wrong: spec, hint: "write SOURCE:TARGET, for example ./src:/app or data:/var/lib/data" };
  const { place } = node;
  const write = (value: string | boolean | undefined): Node | undefined =>
    value === undefined ? undefined : scalar(value, place);
  const bind = mapping(
    { selinux: write(spec.selinux), propagation: write(spec.propagation), create_host_path: write(true) },
    place,
  );
  const volume = mapping({ nocopy: spec.noCopy ? write(true) : undefined }, place);
  const hasVolume = spec.type === "volume" && node.text.length > 2;
  return mapping(
    {
      type: write(spec.type),
      source: write(spec.source),
      target: write(cleanTarget(spec.target)),
      read_only: spec.isReadOnly ? write(true) : undefined,
      bind: spec.type === "bind" ? bind : undefined,
      volume: hasVolume ? volume : undefined,
    },
    place,
  );
}

/** The shortest name of the same path: `/a/../b/` is `/b`. */
export function cleanTarget(target: string): string {
  const isRooted = target.startsWith("/");
  const parts: string[] = [];
  for (const part of target.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else if (part !== ".." || !isRooted) parts.push(part);
  }
  return `${isRooted ? "/" : ""}${parts.join("/")}` || ".";
}
