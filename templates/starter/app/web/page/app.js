import { followOrders, listOrders, placeOrder } from "./api-client.js";
import { element } from "./dom.js";
import { OrderBoard } from "./order-board.js";
import { setUpOrderForm } from "./order-form.js";

const board = new OrderBoard(element("#orders", HTMLOListElement));
const connection = element("#connection", HTMLParagraphElement);

/** @param {"connecting" | "live" | "reconnecting"} state */
function showConnection(state) {
  connection.dataset.state = state;
  connection.textContent = state;
}

setUpOrderForm(element("#order-form", HTMLFormElement), async (order) => board.show(await placeOrder(order)));

// What happened while the connection was away is in the list, so each time it opens the list is read again.
followOrders({
  onOpen: async () => {
    for (const order of (await listOrders(30)).reverse()) board.show(order);
    board.showEmptiness();
    showConnection("live");
  },
  onOrder: (order) => board.show(order),
  onLost: () => showConnection("reconnecting"),
});

setInterval(() => board.refreshTimes(), 5_000);
