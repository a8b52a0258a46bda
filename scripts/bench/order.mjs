import { setTimeout as pause } from "node:timers/promises";
import { interrupted } from "./interrupt.mjs";

/** What the starter promises of an order, from placing it until it is done, in milliseconds. */
export const orderBudgetMs = 2_000;

/** How long `order` takes, in milliseconds. */
export async function timeOfOrder(url) {
  const startedAt = performance.now();
  await order(url);
  return performance.now() - startedAt;
}

/** Places an order with a starter at this address, and follows it until it is done. Rejects after 30 s. */
export async function order(url, pollMs = 20) {
  const signal = AbortSignal.any([interrupted, AbortSignal.timeout(30_000)]);
  const placed = await fetch(`${url}/api/orders`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ item: "tea", quantity: 1 }),
    signal,
  });
  if (placed.status !== 201) throw new Error(`POST /api/orders: ${placed.status} ${await placed.text()}`);
  const { id } = await placed.json();
  while ((await statusOf(`${url}/api/orders/${id}`, signal)) !== "done") await pause(pollMs, undefined, { signal });
}

async function statusOf(url, signal) {
  const answer = await fetch(url, { signal });
  if (answer.status !== 200) throw new Error(`GET ${url}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()).status;
}
