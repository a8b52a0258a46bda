import { expect, test } from "vitest";
import { formatOrigins, parseOrigins } from "./line-origins.ts";

test("where lines came from is read again as it was written", () => {
  const place = parseOrigins(
    formatOrigins([
      undefined,
      { hostPath: "/a.conf", line: 7 },
      { hostPath: "/b.conf", line: 1 },
      { hostPath: "/a.conf", line: 8 },
    ]),
  );
  expect([1, 2, 3, 4, 5].map(place)).toEqual([
    undefined,
    { file: "/a.conf", line: 7 },
    { file: "/b.conf", line: 1 },
    { file: "/a.conf", line: 8 },
    undefined,
  ]);
});

test.each(["", "{", "[]", '{"files":1,"lines":[[0,1]]}', '{"files":["a"],"lines":[["x",1],[5,1]]}'])(
  "%s gives no places",
  (text) => {
    expect(parseOrigins(text)(1)).toBeUndefined();
  },
);
