import { describe, expect, test } from "vitest";
import { interpolate, type Lookup } from "./interpolate.ts";

const values = new Map([
  ["SET", "value"],
  ["EMPTY", ""],
  ["_u1", "under"],
]);
const lookup: Lookup = (name) => values.get(name);

describe("a text is filled in", () => {
  test.each([
    ["plain text", "plain text"],
    ["$SET", "value"],
    ["${SET}", "value"],
    ["a${SET}b$SET.c", "avaluebvalue.c"],
    ["$_u1", "under"],
    ["$$SET", "$SET"],
    ["$$$SET", "$value"],
    ["$$$$", "$$"],
    ["5$ and $1 and $", "5$ and $1 and $"],
    ["${SET:-d}|${SET-d}|${EMPTY:-d}|${EMPTY-d}|${NONE:-d}|${NONE-d}", "value|value|d||d|d"],
    ["${SET:+r}|${SET+r}|${EMPTY:+r}|${EMPTY+r}|${NONE:+r}|${NONE+r}", "r|r||r||"],
    ["${SET:?e}|${SET?e}|${EMPTY?e}", "value|value|"],
    ["${NONE:-}", ""],
    ["${NONE:-a:-b}", "a:-b"],
    ["${NONE:-${SET}}", "value"],
    ["${NONE:-${ALSO:-${EMPTY:-deep}}}", "deep"],
    ["${SET:+<${SET}>}", "<value>"],
    ['${NONE:-{"a": {"b": 1}}}', '{"a": {"b": 1}}'],
    ["${NONE:-$$x}", "$x"],
    ["${NONE:-a\nb}", "a\nb"],
  ])("%s becomes %s", (text, filled) => {
    expect(interpolate(text, lookup)).toEqual({ text: filled, gaps: [] });
  });
});

describe("what cannot be filled in is a gap", () => {
  test.each([
    ["$NONE", "unset", "NONE", "$NONE", ""],
    ["x ${NONE} y", "unset", "NONE", "${NONE}", ""],
    ["${NONE:?say ${SET}}", "required", "NONE", "${NONE:?say ${SET}}", "say value"],
    ["${EMPTY:?say}", "required", "EMPTY", "${EMPTY:?say}", "say"],
    ["${NONE?}", "required", "NONE", "${NONE?}", ""],
    ["${}", "malformed", "", "${}", ""],
    ["${1}", "malformed", "", "${1}", ""],
    ["${SET SET}", "malformed", "SET", "${SET SET}", ""],
    ["${SET", "malformed", "SET", "${SET", ""],
    ["${SET:x}", "malformed", "SET", "${SET:x}", ""],
  ])("%s is %s", (text, kind, variable, expression, message) => {
    expect(interpolate(text, lookup).gaps).toEqual([{ kind, variable, expression, message }]);
  });

  test("a default that is not used may name what is not set", () => {
    expect(interpolate("${SET:-${NONE:?no}}", lookup).gaps).toEqual([]);
    expect(interpolate("${EMPTY:+${NONE}}", lookup).gaps).toEqual([]);
  });

  test("every gap of a text is found", () => {
    expect(interpolate("${A} $B ${C:-${D}}", lookup).gaps.map((gap) => gap.variable)).toEqual(["A", "B", "D"]);
  });
});
