/** @typedef {import("../../shared/orders.js").Order} Order */

/** What the API says is wrong with an order, by field. */
export class Refused extends Error {
  /** @param {string} message @param {Record<string, string>} fields */
  constructor(message, fields) {
    super(message);
    this.fields = fields;
  }
}

/** @param {number} limit @returns {Promise<Order[]>} newest first */
export async function listOrders(limit) {
  const response = await fetch(`/api/orders?limit=${limit}`);
  if (!response.ok) throw await refusal(response);
  return (await response.json()).orders;
}

/** @param {{ item: string, quantity: number }} order @returns {Promise<Order>} @throws {Refused} */
export async function placeOrder(order) {
  const headers = { "Content-Type": "application/json" };
  const response = await fetch("/api/orders", { method: "POST", headers, body: JSON.stringify(order) });
  if (!response.ok) throw await refusal(response);
  return response.json();
}

/**
 * Follows what happens to all orders, and reconnects by itself.
 * @param {{ onOpen: () => Promise<void>, onOrder: (order: Order) => void, onLost: () => void }} listeners
 */
export function followOrders({ onOpen, onOrder, onLost }) {
  const source = new EventSource("/api/orders/events");
  const tryAgain = () => {
    source.close();
    onLost();
    setTimeout(() => followOrders({ onOpen, onOrder, onLost }), 1_000);
  };
  source.addEventListener("open", () => onOpen().catch(tryAgain));
  source.addEventListener("order", (event) => onOrder(JSON.parse(event.data)));
  source.addEventListener("error", tryAgain); // the browser itself gives up when the answer is a 503
}

/** @param {Response} response */
async function refusal(response) {
  const { error = `the answer was ${response.status}`, fields = {} } = await response.json().catch(() => ({}));
  return new Refused(error, fields);
}
