import { child, mapping, type Node, textOf } from "../yaml/node.ts";
import { listOf, record, textOrWords, toList } from "./collections.ts";
import { choice, flag, text } from "./scalars.ts";
import type { Shape } from "./shape.ts";

const hidden = (): undefined => undefined;
const path = text("a path", { path: "file" });

const envFile = record(
  "an env_file",
  { path, required: flag({ keep: true }), format: choice("raw", ".env") },
  {
    is: "a path or a mapping",
    accepts: ["text", "mapping"],
    required: ["path"],
    expand: (node) => (node.kind === "scalar" ? mapping({ path: node }, node.place) : node),
  },
);

/** `env_file` of a service: read, and then part of `environment`, so never printed. */
export const envFiles: Shape = listOf(envFile, {
  is: "a path or a list of paths",
  accepts: ["text", "list"],
  expand: toList,
  keyOf: (item: Node) => textOf(child(item, "path")),
  print: hidden,
});

/** `label_file` of a service: read, and then part of `labels`. */
export const labelFiles: Shape = { ...textOrWords(), item: path, print: hidden };

/** `extends` of a service: a name, or a name in another file. */
export const extendsService: Shape = record(
  "extends",
  { service: text(), file: path },
  {
    is: "the name of a service or a mapping",
    accepts: ["text", "mapping"],
    required: ["service"],
    expand: (node) => (node.kind === "scalar" ? mapping({ service: node }, node.place) : node),
    print: hidden,
  },
);
