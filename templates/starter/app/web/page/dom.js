/**
 * Finds an element that has to be there, as the type that it has to be.
 * @template {Element} T
 * @param {string} selector
 * @param {new () => T} type
 * @param {ParentNode} [within]
 * @returns {T}
 */
export function element(selector, type, within = document) {
  const found = within.querySelector(selector);
  if (found instanceof type) return found;
  throw new Error(`there is no ${type.name} ${selector}`);
}
