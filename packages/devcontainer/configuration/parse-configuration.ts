import { dirname, resolve } from "node:path";
import { nearest, type Problem } from "@drydock/core";
import { getNodeValue, type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { checkConfiguration, type FileExists } from "./check-configuration.ts";
import type { DevContainerConfiguration } from "./configuration.ts";
import { knownKeys } from "./known-keys.ts";
import { placeInText } from "./place-in-text.ts";
import { readWishes } from "./read-wishes.ts";

/** A configuration, or every mistake in its text. */
export type ParsedConfiguration =
  | { readonly ok: true; readonly configuration: DevContainerConfiguration }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/**
 * Reads the text of a `devcontainer.json`, which is JSON with comments and trailing commas. The CLI takes what it can make of a broken one and
 * starts a container without the rest: here each mistake has its line.
 */
export function parseConfiguration(text: string, file: string, exists: FileExists): ParsedConfiguration {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  // What follows from a mistake at the same place is not another one.
  const first = errors.filter(({ offset }, index) => errors.findIndex((each) => each.offset === offset) === index);
  const broken = first.map(({ error, offset, length }): Problem => {
    const words = printParseErrorCode(error)
      .replace(/([a-z])([A-Z])/g, "$1 $2")
      .toLowerCase();
    return { file, ...placeInText(text, offset, length), message: `this is not JSON: ${words}` };
  });
  if (broken.length > 0) return { ok: false, problems: broken };
  if (root?.type !== "object")
    return {
      ok: false,
      problems: [{ file, ...placeInText(text, 0, 1), message: "the file is to hold one object, { ... }" }],
    };

  const problems = checkConfiguration(root, (path) => exists(resolve(dirname(file), path))).map(
    ({ offset, length, ...rest }): Problem => ({ file, ...placeInText(text, offset, length), ...rest }),
  );
  if (problems.length > 0) return { ok: false, problems };
  const value = getNodeValue(root) as Readonly<Record<string, unknown>>;
  const { name } = value;
  return {
    ok: true,
    configuration: {
      file,
      ...(typeof name === "string" ? { name } : {}),
      source: sourceOf(value),
      ports: readWishes(value),
      notices: mistypedKeys(root, text),
    },
  };
}

function sourceOf(value: Readonly<Record<string, unknown>>): DevContainerConfiguration["source"] {
  if (value.dockerComposeFile !== undefined) return "compose";
  return value.image === undefined ? "dockerfile" : "image";
}

/** Unknown keys are allowed; one that is nearly a known one does nothing, and nobody would say so. */
function mistypedKeys(root: Node, text: string): readonly string[] {
  return (root.children ?? []).flatMap((property) => {
    const key = property.children?.[0];
    const name = String(key?.value ?? "");
    const meant = knownKeys.includes(name) ? undefined : nearest(name, knownKeys);
    if (meant === undefined) return [];
    return [
      `line ${placeInText(text, key?.offset ?? 0, 1).line}: "${name}" is no key of a devcontainer.json; did you mean "${meant}"?`,
    ];
  });
}
