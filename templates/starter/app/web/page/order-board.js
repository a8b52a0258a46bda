import { element } from "./dom.js";

/** @typedef {import("../../shared/orders.js").Order} Order */

const most = 30;
const steps = ["placed", "preparing", "done"];
const relativeTime = new Intl.RelativeTimeFormat("en", { numeric: "auto", style: "narrow" });
const template = element("#order-template", HTMLTemplateElement);

/** The list of orders on the page, newest on top. */
export class OrderBoard {
  /** @type {Map<string, { card: HTMLElement, order: Order }>} */
  #shown = new Map();
  #list;

  /** @param {HTMLOListElement} list */
  constructor(list) {
    this.#list = list;
  }

  /** Shows an order, or how far it is now. News may arrive out of order: an order never goes back. @param {Order} order */
  show(order) {
    const known = this.#shown.get(order.id);
    if (known && steps.indexOf(order.status) <= steps.indexOf(known.order.status)) return;
    const card = known?.card ?? this.#add(order);
    this.#shown.set(order.id, { card, order });
    card.dataset.status = order.status;
    element(".status", HTMLSpanElement, card).textContent = order.status;
    this.#dropOldest();
    this.refreshTimes();
    this.showEmptiness();
  }

  /** Says how long ago each order was placed. */
  refreshTimes() {
    for (const { card, order } of this.#shown.values())
      element("time", HTMLTimeElement, card).textContent = ago(order.placedAt);
  }

  /** Counts, or says that there is nothing to count. */
  showEmptiness() {
    const done = [...this.#shown.values()].filter(({ order }) => order.status === "done").length;
    element("#open-count", HTMLElement).textContent = String(this.#shown.size - done);
    element("#done-count", HTMLElement).textContent = String(done);
    element("#empty", HTMLElement).hidden = this.#shown.size > 0;
  }

  /** @param {Order} order */
  #add(order) {
    const copy = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
    const card = element("li", HTMLLIElement, copy);
    card.classList.add("is-new");
    element(".quantity", HTMLSpanElement, card).textContent = `${order.quantity}×`;
    const item = element(".item", HTMLElement, card);
    item.textContent = order.item;
    item.title = order.item; // a long one is cut
    element("code", HTMLElement, card).textContent = order.id.slice(-6);
    element("time", HTMLTimeElement, card).dateTime = order.placedAt;
    this.#list.prepend(card);
    return card;
  }

  #dropOldest() {
    const [oldest] = this.#shown.keys();
    if (this.#shown.size <= most || oldest === undefined) return;
    this.#shown.get(oldest)?.card.remove();
    this.#shown.delete(oldest);
  }
}

/** @param {string} time ISO 8601 */
function ago(time) {
  const seconds = Math.round((Date.now() - Date.parse(time)) / 1_000);
  if (seconds < 5) return "just now";
  if (seconds < 60) return relativeTime.format(-seconds, "second");
  if (seconds < 3_600) return relativeTime.format(-Math.floor(seconds / 60), "minute");
  if (seconds < 86_400) return relativeTime.format(-Math.floor(seconds / 3_600), "hour");
  return relativeTime.format(-Math.floor(seconds / 86_400), "day");
}
