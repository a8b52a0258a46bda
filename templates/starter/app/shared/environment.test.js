import assert from "node:assert/strict";
import { test } from "node:test";
import { mongoUrl, parseEnvironment, port, redisUrl } from "./environment.js";

const readers = { PORT: port, MONGO_URL: mongoUrl, REDIS_URL: redisUrl };

test("values come out as what they are", () => {
  const variables = { PORT: "3000", MONGO_URL: "mongodb://a:1,b:2/shop", REDIS_URL: "rediss://redis:6379" };
  const { values, mistakes } = parseEnvironment(readers, variables);
  assert.deepEqual(mistakes, []);
  assert.deepEqual(values, { ...variables, PORT: 3_000 });
});

test("every mistake is told at once, and passwords are not", () => {
  const { mistakes } = parseEnvironment(readers, { PORT: "70000", MONGO_URL: "http://shop:secret@mongo" });
  assert.deepEqual(mistakes, [
    'PORT must be a port from 1 to 65535, such as 3000; it is "70000"',
    'MONGO_URL must be a mongodb:// URL, such as mongodb://mongo:27017/shop; it is "http://***@mongo"',
    "REDIS_URL must be a redis:// URL, such as redis://redis:6379; it is not set",
  ]);
});
