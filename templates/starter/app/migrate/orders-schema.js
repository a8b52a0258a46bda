import { limits, ordersIn } from "../shared/orders.js";

/** What MongoDB accepts as an order, whoever writes it. */
const validator = {
  $jsonSchema: {
    bsonType: "object",
    required: ["item", "quantity", "status", "placedAt", "updatedAt"],
    properties: {
      item: { bsonType: "string", minLength: 1, maxLength: limits.itemLength },
      quantity: { bsonType: "int", minimum: 1, maximum: limits.quantity },
      status: { enum: ["placed", "preparing", "done"] },
      placedAt: { bsonType: "date" },
      updatedAt: { bsonType: "date" },
    },
  },
};

/** @param {import("mongodb").Db} db */
export async function ensureValidator(db) {
  const [existing] = await db.listCollections({ name: "orders" }).toArray();
  if (existing) await db.command({ collMod: "orders", validator });
  else await db.createCollection("orders", { validator });
}

/** Making an index that exists changes nothing. @param {import("mongodb").Db} db @returns {Promise<string[]>} their names */
export function ensureIndexes(db) {
  return ordersIn(db).createIndexes([
    { key: { placedAt: -1, _id: -1 } }, // the list of the newest
    { key: { status: 1, updatedAt: 1 } }, // the worker's search for orders that stand still
  ]);
}
