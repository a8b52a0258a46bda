/** @typedef {import("../shared/orders.js").Order} Order */
/** @typedef {(order: Order) => void} Reader */

/** Hands news of orders to every page that is open. */
export class OrderFeed {
  /** @type {Set<Reader>} */
  #readers = new Set();

  /** @param {Order} order */
  send(order) {
    for (const read of this.#readers) read(order);
  }

  /** @param {Reader} read @returns {() => void} ends it */
  follow(read) {
    this.#readers.add(read);
    return () => this.#readers.delete(read);
  }
}
