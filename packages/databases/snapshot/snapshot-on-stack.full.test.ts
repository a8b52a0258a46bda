import { afterEach, describe, expect, it } from "vitest";
import { type DevStack, startStack } from "./testing/dev-stack.ts";
import { fillServers, spoil } from "./testing/every-type.ts";
import { roundTrip } from "./testing/round-trip.ts";

const document2 = `{"_id":2,"at":{"$date":"2023-11-14T22:13:20.002Z"},"stamp":{"$timestamp":{"t":2,"i":1}},"pattern":{"$regularExpression"`;

let stack: DevStack | undefined;
afterEach(async () => {
  await stack?.remove();
  stack = undefined;
});

describe("snapshots and branches on embedded servers", () => {
  it("every BSON type and every Redis type come back as they were", async () => {
    stack = await startStack("embedded");
    await roundTrip(stack, 1_000);
  });

  it("are compared with the data of now, without an append-only file, too", async () => {
    stack = await startStack("embedded", "no");
    await fillServers(stack.mongoUri, stack.redisUri, 50);
    await stack.dev("snapshot", "save", "before");
    expect(await stack.dev("snapshot", "diff", "before")).toBe("before and now have the same data.\n");
    await spoil(stack.mongoUri, stack.redisUri);
    expect(await stack.dev("snapshot", "diff", "before")).toBe(`before -> now
mongo
  shop.shape0  1 removed
    - 1  {"_id":1,"text":"document 1","number":0.3333333333333333,"flag":false,"nothing":null}
  shop.shape1  1 added
    + -1  {"_id":-1}
  shop.shape2  1 changed
    ~ 2  ${document2}…  ->  ${document2}…
  shop.shape3
    - index text_1_int_1 {"text":1,"int":1}
redis
  database 0  1 added, 1 removed, 1 changed
    - list  list ["a","b","a"]
    ~ string  "\\u0000\ufffd\\n\\r"  ->  "other"
    + new  "key"
`);
  });
});
