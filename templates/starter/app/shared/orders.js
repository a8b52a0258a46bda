/** @typedef {"placed" | "preparing" | "done"} Status */

/**
 * An order as MongoDB keeps it; migrate/migrate.js holds the database to it.
 * @typedef {object} OrderDocument
 * @property {import("mongodb").ObjectId} _id
 * @property {string} item
 * @property {number} quantity
 * @property {Status} status
 * @property {Date} placedAt
 * @property {Date} updatedAt when its status last changed
 */

/**
 * An order as the API shows it.
 * @typedef {object} Order
 * @property {string} id
 * @property {string} item
 * @property {number} quantity
 * @property {Status} status
 * @property {string} placedAt ISO 8601
 * @property {string} updatedAt ISO 8601
 */

/** The limits of an order: the API explains them, the database enforces them. */
export const limits = { itemLength: 80, quantity: 100 };

/** @param {import("mongodb").Db} db @returns {import("mongodb").Collection<OrderDocument>} */
export const ordersIn = (db) => db.collection("orders");

/** @param {OrderDocument} document @returns {Order} */
export function toOrder({ _id, item, quantity, status, placedAt, updatedAt }) {
  const times = { placedAt: placedAt.toISOString(), updatedAt: updatedAt.toISOString() };
  return { id: _id.toHexString(), item, quantity, status, ...times };
}
