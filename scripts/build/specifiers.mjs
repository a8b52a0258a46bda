import { parseSync, Visitor } from "rolldown/utils";

/**
 * @typedef {{ readonly start: number, readonly end: number, readonly value: string }} Specifier
 *
 * The module names in a JavaScript or TypeScript text, with their places: imports, re-exports, `import()`,
 * `import("x").T` and `import.meta.resolve()`.
 *
 * @param {string} path
 * @param {string} text
 * @returns {Specifier[]}
 */
export function findSpecifiers(path, text) {
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  /** @type {Specifier[]} */
  const found = [];
  const add = (/** @type {{ value?: unknown } | null | undefined} */ node) => {
    if (typeof node?.value === "string") found.push(/** @type {Specifier} */ (node));
  };
  const addSource = (/** @type {{ source: object | null }} */ node) => add(node.source);
  new Visitor({
    ImportDeclaration: addSource,
    ExportNamedDeclaration: addSource,
    ExportAllDeclaration: addSource,
    ImportExpression: addSource,
    TSImportType: addSource,
    CallExpression: ({ callee, arguments: [first] }) => {
      if (callee.type === "MemberExpression" && callee.object.type === "MetaProperty") add(first);
    },
  }).visit(program);
  return found;
}

/**
 * Rewrites every module name in a text.
 *
 * @param {string} path
 * @param {string} text
 * @param {(specifier: string) => string} replace
 */
export function replaceSpecifiers(path, text, replace) {
  return findSpecifiers(path, text)
    .sort((a, b) => b.start - a.start)
    .reduce(
      (rest, { start, end, value }) => rest.slice(0, start) + JSON.stringify(replace(value)) + rest.slice(end),
      text,
    );
}
