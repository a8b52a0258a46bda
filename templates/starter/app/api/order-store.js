import { ObjectId } from "mongodb";
import { ordersIn, toOrder } from "../shared/orders.js";

/** @typedef {import("../shared/orders.js").Order} Order */

/** Orders in MongoDB, as the API needs them. */
export class OrderStore {
  #orders;

  /** @param {import("mongodb").Db} db */
  constructor(db) {
    this.#orders = ordersIn(db);
  }

  /** Keeps a new order. @param {{ item: string, quantity: number }} wanted @returns {Promise<Order>} */
  async place({ item, quantity }) {
    const now = new Date();
    /** @type {import("../shared/orders.js").OrderDocument} */
    const document = { _id: new ObjectId(), item, quantity, status: "placed", placedAt: now, updatedAt: now };
    await this.#orders.insertOne(document);
    return toOrder(document);
  }

  /** @param {string} id @returns {Promise<Order | undefined>} */
  async find(id) {
    const document = await this.#orders.findOne({ _id: ObjectId.createFromHexString(id) });
    return document ? toOrder(document) : undefined;
  }

  /** @param {number} limit @returns {Promise<Order[]>} newest first */
  async newest(limit) {
    const documents = await this.#orders.find().sort({ placedAt: -1, _id: -1 }).limit(limit).toArray();
    return documents.map(toOrder);
  }
}
