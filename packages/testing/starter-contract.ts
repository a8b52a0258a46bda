/** What became of an order that was placed to see whether the stack works. */
export interface FollowedOrder {
  readonly id: string;
  /** The different states that were seen, in order: `placed`, `preparing`, `done`. */
  readonly states: readonly string[];
}

/** Where a stack of the starter answers, and what else is known of it. */
export interface StarterAddresses {
  /** `api`'s own address, past the proxy: /metrics is read there. Undefined: that clause is not checked. */
  readonly apiUrl?: string;
}

const patienceMs = 10_000;

/**
 * Places an order through the proxy and follows it. That it takes two seconds at most is measured, by `npm run bench local docker`: a busy machine is given ten seconds here.
 * @throws Error saying what was answered instead
 */
export async function placeOrderAndSeeItDone(baseUrl: string, signal?: AbortSignal): Promise<FollowedOrder> {
  const began = performance.now();
  const placed = await ask(baseUrl, "/api/orders", {
    ...post({ item: "tea", quantity: 2 }),
    ...(signal && { signal }),
  });
  if (placed.status !== 201) throw new Error(`POST /api/orders: ${placed.status} ${placed.text}`);
  const id = String(placed.body.id);
  const states = [String(placed.body.status)];
  while (performance.now() - began < patienceMs) {
    const order = await ask(baseUrl, `/api/orders/${id}`, signal ? { signal } : {});
    if (order.status !== 200) throw new Error(`GET /api/orders/${id}: ${order.status} ${order.text}`);
    const state = String(order.body.status);
    if (state !== states.at(-1)) states.push(state);
    if (state === "done") return { id, states };
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`order ${id} is still ${states.at(-1)} after ${patienceMs} ms`);
}

/**
 * Checks every clause of the starter's contract through its proxy.
 * @throws Error listing all clauses that are broken, each with what was answered
 */
export async function checkStarterContract(baseUrl: string, { apiUrl }: StarterAddresses = {}): Promise<void> {
  const breaches = (
    await Promise.all([
      ordersMove(baseUrl),
      badOrdersAreRefused(baseUrl),
      ordersAreListed(baseUrl),
      ordersAreFound(baseUrl),
      healthIsTold(baseUrl),
      pageIsServed(baseUrl),
      metricsStayInside(baseUrl),
      ...(apiUrl === undefined ? [] : [metricsAreServed(apiUrl)]),
    ])
  ).flat();
  if (breaches.length > 0)
    throw new Error(`The starter's contract is broken at ${baseUrl}:\n  ${breaches.join("\n  ")}`);
}

async function ordersMove(baseUrl: string): Promise<string[]> {
  try {
    const { states } = await placeOrderAndSeeItDone(baseUrl);
    return unless(states.join() === "placed,preparing,done", `an order went through ${states.join(", ")}`);
  } catch (error) {
    return [String(error)];
  }
}

const badBodies: readonly (readonly [body: string, fields: readonly string[]])[] = [
  ["no json", ["body"]],
  ["", ["body"]],
  ["[]", ["body"]],
  ["{}", ["item", "quantity"]],
  ['{"item":"","quantity":1}', ["item"]],
  ['{"item":"   ","quantity":1}', ["item"]],
  [JSON.stringify({ item: "a".repeat(81), quantity: 1 }), ["item"]],
  ['{"item":7,"quantity":1}', ["item"]],
  ['{"item":"tea","quantity":"1"}', ["quantity"]],
  ['{"item":"tea","quantity":1.5}', ["quantity"]],
  ['{"item":"tea","quantity":0}', ["quantity"]],
  ['{"item":"tea","quantity":101}', ["quantity"]],
  ['{"item":"tea","quantity":1,"colour":"red"}', ["colour"]],
  ['{"quantity":-1,"colour":"red"}', ["item", "quantity", "colour"]],
];

async function badOrdersAreRefused(baseUrl: string): Promise<string[]> {
  const breaches = await Promise.all(
    badBodies.map(async ([body, fields]) => {
      const { status, body: answer, text } = await ask(baseUrl, "/api/orders", { method: "POST", body, headers: json });
      const named = Object.keys(typeof answer.fields === "object" && answer.fields !== null ? answer.fields : {});
      const isRefused = status === 400 && named.sort().join() === [...fields].sort().join();
      return unless(
        isRefused,
        `POST ${body.slice(0, 60)} is answered ${status} ${text}; expected 400 naming ${fields.join(", ")}`,
      );
    }),
  );
  return breaches.flat();
}

async function ordersAreListed(baseUrl: string): Promise<string[]> {
  for (const item of ["first", "second"]) await ask(baseUrl, "/api/orders", post({ item, quantity: 1 }));
  const { status, body, text } = await ask(baseUrl, "/api/orders?limit=100");
  const orders = Array.isArray(body.orders) ? body.orders : [];
  const times = orders.map((order) => String(order.placedAt));
  const items = orders.map((order) => String(order.item));
  const limited = await ask(baseUrl, "/api/orders?limit=1");
  const wrong = await ask(baseUrl, "/api/orders?limit=none");
  const isNewestFirst = times.every((time, index) => index === 0 || time <= String(times[index - 1]));
  return [
    ...unless(status === 200 && items.includes("first"), `GET /api/orders?limit=100: ${status} ${text.slice(0, 200)}`),
    ...unless(isNewestFirst && items.indexOf("second") < items.indexOf("first"), "the list is not newest first"),
    ...unless(
      Array.isArray(limited.body.orders) && limited.body.orders.length === 1,
      `GET /api/orders?limit=1: ${limited.text}`,
    ),
    ...unless(wrong.status === 400, `GET /api/orders?limit=none: ${wrong.status}`),
  ];
}

const ordersAreFound = (baseUrl: string) =>
  expectStatuses(baseUrl, [
    ["/api/orders/000000000000000000000000", 404],
    ["/api/orders/nonsense", 400],
    ["/api/nonsense", 404],
  ]);

const healthIsTold = (baseUrl: string) => expectStatuses(baseUrl, [["/api/health", 200]]);
const metricsStayInside = (baseUrl: string) => expectStatuses(baseUrl, [["/metrics", 404]]);

async function pageIsServed(baseUrl: string): Promise<string[]> {
  const { status, text } = await ask(baseUrl, "/");
  const scripts = [...text.matchAll(/(?:src|href)="([\w.-]+\.(?:js|css|svg))"/g)].map(([, name]) => `/${name}`);
  return [
    ...unless(status === 200 && text.includes("<title>"), `GET /: ${status} ${text.slice(0, 100)}`),
    ...(await expectStatuses(
      baseUrl,
      scripts.map((path) => [path, 200]),
    )),
  ];
}

async function metricsAreServed(apiUrl: string): Promise<string[]> {
  const { status, text } = await ask(apiUrl, "/metrics");
  const isPrometheus = /^# TYPE shop_orders_placed_total counter$/m.test(text);
  return unless(status === 200 && isPrometheus, `GET ${apiUrl}/metrics: ${status} ${text.slice(0, 100)}`);
}

async function expectStatuses(
  baseUrl: string,
  expected: readonly (readonly [path: string, status: number])[],
): Promise<string[]> {
  const breaches = await Promise.all(
    expected.map(async ([path, wanted]) => {
      const { status, text } = await ask(baseUrl, path);
      return unless(status === wanted, `GET ${path}: ${status} ${text.slice(0, 200)}; expected ${wanted}`);
    }),
  );
  return breaches.flat();
}

const unless = (isKept: boolean, breach: string): string[] => (isKept ? [] : [breach]);

const json = { "Content-Type": "application/json" };
const post = (order: unknown) => ({ method: "POST", headers: json, body: JSON.stringify(order) });

interface Answer {
  readonly status: number;
  readonly text: string;
  /** Empty where the answer is not a JSON object. */
  readonly body: Readonly<Record<string, unknown>>;
}

async function ask(baseUrl: string, path: string, request: RequestInit = {}): Promise<Answer> {
  const response = await fetch(new URL(path, baseUrl), request);
  const text = await response.text();
  return { status: response.status, text, body: parseObject(text) };
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
