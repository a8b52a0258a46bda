import { expect, test } from "vitest";
import { encodeReply } from "./encode.ts";
import { formatDouble } from "./format-double.ts";
import { double, errorReply, map, nullArray, ok, type Reply } from "./reply.ts";

const replies: readonly (readonly [reply: Reply, resp2: string, resp3: string])[] = [
  ["a\xff", "$2\r\na\xff\r\n", "$2\r\na\xff\r\n"],
  [-3, ":-3\r\n", ":-3\r\n"],
  [2n ** 63n - 1n, ":9223372036854775807\r\n", ":9223372036854775807\r\n"],
  [null, "$-1\r\n", "_\r\n"],
  [nullArray, "*-1\r\n", "_\r\n"],
  [ok, "+OK\r\n", "+OK\r\n"],
  [errorReply("ERR a\nb"), "-ERR a b\r\n", "-ERR a b\r\n"],
  [["a", [1]], "*2\r\n$1\r\na\r\n*1\r\n:1\r\n", "*2\r\n$1\r\na\r\n*1\r\n:1\r\n"],
  [map(["k", 1]), "*2\r\n$1\r\nk\r\n:1\r\n", "%1\r\n$1\r\nk\r\n:1\r\n"],
  [{ kind: "set", members: ["m"] }, "*1\r\n$1\r\nm\r\n", "~1\r\n$1\r\nm\r\n"],
  [{ kind: "push", items: ["p"] }, "*1\r\n$1\r\np\r\n", ">1\r\n$1\r\np\r\n"],
  [double(0.5), "$3\r\n0.5\r\n", ",0.5\r\n"],
  [{ kind: "boolean", value: true }, ":1\r\n", "#t\r\n"],
  [{ kind: "bigNumber", digits: "123" }, "$3\r\n123\r\n", "(123\r\n"],
  [{ kind: "verbatim", format: "txt", text: "hi" }, "$2\r\nhi\r\n", "=6\r\ntxt:hi\r\n"],
  [{ kind: "attribute", pairs: ["a", 1], reply: 2 }, ":2\r\n", "|1\r\n$1\r\na\r\n:1\r\n:2\r\n"],
  [{ kind: "several", replies: [1, 2] }, ":1\r\n:2\r\n", ":1\r\n:2\r\n"],
];

test.each(replies.map(([reply, resp2, resp3]) => ({ reply, resp2, resp3 })))(
  "a reply is $resp2 in RESP2 and $resp3 in RESP3",
  ({ reply, resp2, resp3 }) => {
    expect(encodeReply(reply, 2)).toBe(resp2);
    expect(encodeReply(reply, 3)).toBe(resp3);
  },
);

test.each([
  [0, "0"],
  [-0, "-0"],
  [3, "3"],
  [0.1, "0.1"],
  [1.5, "1.5"],
  [-12.75, "-12.75"],
  [1 / 3, "0.3333333333333333"],
  [1234.5678901234, "1234.5678901234"],
  [12345.678901234, "1.2345678901234e+4"],
  [1e-7, "1e-7"],
  [5e-5, "0.00005"],
  [1.25e-9, "1.25e-9"],
  [1e300, "1e+300"],
  [1e17, "100000000000000000"],
  [2 ** 60, "1152921504606846976"],
  [1e19, "1e+19"],
  [123456789e14, "1.23456789e+22"],
  [Number.POSITIVE_INFINITY, "inf"],
  [Number.NEGATIVE_INFINITY, "-inf"],
])("the double %d is written as %s", (value, text) => {
  expect(formatDouble(value)).toBe(text);
});
