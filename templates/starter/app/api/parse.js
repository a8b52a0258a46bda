import { limits } from "../shared/orders.js";

/** A request that says something wrong: `fields` has a sentence for each wrong field. */
export class BadRequest extends Error {
  /** @param {Record<string, string>} fields */
  constructor(fields) {
    super(`wrong: ${Object.keys(fields).join(", ")}`);
    this.fields = fields;
  }
}

/**
 * Reads an order from a request's body.
 * @param {string} body
 * @returns {{ item: string, quantity: number }}
 * @throws {BadRequest} naming every wrong field, not only the first
 */
export function parseOrder(body) {
  const { item, quantity, ...rest } = parseObject(body);
  const name = typeof item === "string" ? item.trim() : undefined;
  const unknown = Object.keys(rest).map((field) => [field, "is not a field of an order"]);
  const wrong = [itemMistake(name), quantityMistake(quantity), ...unknown].filter((entry) => entry !== undefined);
  if (name === undefined || typeof quantity !== "number" || wrong.length > 0)
    throw new BadRequest(Object.fromEntries(wrong));
  return { item: name, quantity };
}

/** How many orders to list: from 1 to 100, else 20. @param {string | undefined} text @throws {BadRequest} */
export function parseLimit(text) {
  if (text === undefined) return 20;
  const limit = Number(text);
  if (/^\d+$/.test(text) && limit >= 1 && limit <= 100) return limit;
  throw new BadRequest({ limit: "must be a whole number from 1 to 100" });
}

/** @param {string} text @throws {BadRequest} */
export function parseOrderId(text) {
  if (/^[0-9a-f]{24}$/.test(text)) return text;
  throw new BadRequest({ id: "must be 24 hexadecimal digits" });
}

/** @param {string} body @returns {Record<string, unknown>} */
function parseObject(body) {
  let value;
  try {
    value = JSON.parse(body);
  } catch {
    throw new BadRequest({ body: "must be JSON" });
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new BadRequest({ body: 'must be an object, such as {"item": "tea", "quantity": 2}' });
}

/** @param {string | undefined} name */
function itemMistake(name) {
  if (name !== undefined && name.length >= 1 && name.length <= limits.itemLength) return undefined;
  return ["item", `must be a text of 1 to ${limits.itemLength} characters`];
}

/** @param {unknown} quantity */
function quantityMistake(quantity) {
  if (Number.isInteger(quantity) && Number(quantity) >= 1 && Number(quantity) <= limits.quantity) return undefined;
  return ["quantity", `must be a whole number from 1 to ${limits.quantity}`];
}
