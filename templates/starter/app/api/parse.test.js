import assert from "node:assert/strict";
import { test } from "node:test";
import { BadRequest, parseLimit, parseOrder, parseOrderId } from "./parse.js";

/** The fields that are said to be wrong. @param {() => unknown} parse */
function wrongFields(parse) {
  try {
    parse();
  } catch (error) {
    if (error instanceof BadRequest) return Object.keys(error.fields);
    throw error;
  }
  return [];
}

test("an order has an item, trimmed, and a quantity", () => {
  assert.deepEqual(parseOrder('{"item":"  tea ","quantity":2}'), { item: "tea", quantity: 2 });
});

test("every wrong field is named at once", () => {
  assert.deepEqual(
    wrongFields(() => parseOrder('{"item":" ","quantity":0,"colour":"red"}')),
    ["item", "quantity", "colour"],
  );
  assert.deepEqual(
    wrongFields(() => parseOrder("{}")),
    ["item", "quantity"],
  );
});

test("quantities are whole numbers from 1 to 100, and no texts", () => {
  for (const quantity of ["1.5", "101", "-1", '"2"', "null", "[1]", "true"]) {
    assert.deepEqual(
      wrongFields(() => parseOrder(`{"item":"tea","quantity":${quantity}}`)),
      ["quantity"],
      quantity,
    );
  }
});

test("an item of 80 characters is taken, of 81 refused", () => {
  assert.equal(parseOrder(JSON.stringify({ item: "a".repeat(80), quantity: 1 })).item.length, 80);
  assert.deepEqual(
    wrongFields(() => parseOrder(JSON.stringify({ item: "a".repeat(81), quantity: 1 }))),
    ["item"],
  );
});

test("a body that is no JSON object is said to be so", () => {
  for (const body of ["", "tea", "[]", "null", "3"])
    assert.deepEqual(
      wrongFields(() => parseOrder(body)),
      ["body"],
      body,
    );
});

test("a list has 20 orders unless asked otherwise, and at most 100", () => {
  assert.equal(parseLimit(undefined), 20);
  assert.equal(parseLimit("100"), 100);
  for (const text of ["0", "101", "", "ten", "1e1", "-1"])
    assert.deepEqual(
      wrongFields(() => parseLimit(text)),
      ["limit"],
      text,
    );
});

test("an order's id is 24 hexadecimal digits", () => {
  assert.equal(parseOrderId("65a1b2c3d4e5f60718293a4b"), "65a1b2c3d4e5f60718293a4b");
  assert.deepEqual(
    wrongFields(() => parseOrderId("7")),
    ["id"],
  );
});
