import { parseSync, Visitor } from "rolldown/utils";

/**
 * @typedef {{ readonly start: number, readonly end: number, readonly value: string }} Specifier
 *
 * The module names in a JavaScript or TypeScript text, with their places: imports, re-exports, `import()`,
 * `import("x").T`, `require()`, `createRequire()()` and `import.meta.resolve()`.
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
      if (looksUp(callee)) add(first);
    },
  }).visit(program);
  return found;
}

/**
 * `import.meta.resolve(…)`, `require(…)`, `createRequire(…)(…)`.
 *
 * @param {import("rolldown/utils").ESTree.Expression} callee
 * @returns {boolean}
 */
function looksUp(callee) {
  if (callee.type === "MemberExpression") return callee.object.type === "MetaProperty";
  if (callee.type === "CallExpression")
    return callee.callee.type === "Identifier" && callee.callee.name === "createRequire";
  return callee.type === "Identifier" && callee.name === "require";
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
