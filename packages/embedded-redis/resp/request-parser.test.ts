import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { splitInlineArguments } from "./inline-arguments.ts";
import { ProtocolError, RequestParser } from "./request-parser.ts";

const limits = { bulkLength: 1024 * 1024, isAuthenticated: true };
const bytes = fc.string({
  unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)),
  maxLength: 40,
});

const frame = (args: readonly string[]): string =>
  `*${args.length}\r\n${args.map((arg) => `$${arg.length}\r\n${arg}\r\n`).join("")}`;

/** All requests that these chunks hold. */
function parseChunks(chunks: readonly string[]): (readonly string[])[] {
  const parser = new RequestParser();
  const requests: (readonly string[])[] = [];
  for (const chunk of chunks) {
    parser.feed(Buffer.from(chunk, "latin1"));
    for (let args = parser.next(limits); args !== undefined; args = parser.next(limits)) requests.push(args);
  }
  return requests;
}

describe("The request parser", () => {
  test("reads the same requests wherever the bytes are cut", () => {
    const requests = fc.array(fc.array(bytes, { minLength: 1, maxLength: 5 }), { maxLength: 8 });
    fc.assert(
      fc.property(requests, fc.array(fc.nat({ max: 400 })), (commands, cuts) => {
        const text = commands.map(frame).join("");
        const places = [0, ...cuts.filter((cut) => cut < text.length).sort((a, b) => a - b), text.length];
        const chunks = places.slice(1).map((end, index) => text.slice(places[index], end));
        expect(parseChunks(chunks)).toEqual(commands);
      }),
    );
  });

  test("answers any bytes with requests or with a ProtocolError, nothing else", () => {
    const mutated = fc
      .tuple(fc.array(bytes, { minLength: 1 }), fc.nat(), fc.nat({ max: 255 }))
      .map(([args, place, code]) => {
        const text = frame(args);
        const at = place % text.length;
        return text.slice(0, at) + String.fromCharCode(code) + text.slice(at + 1);
      });
    fc.assert(
      fc.property(fc.oneof(bytes, mutated), (text) => {
        try {
          parseChunks([text, "\r\n"]);
        } catch (error) {
          expect(error).toBeInstanceOf(ProtocolError);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test("lets a client that is not authenticated send only small requests", () => {
    const parser = new RequestParser();
    parser.feed(Buffer.from("*11\r\n"));
    expect(() => parser.next({ ...limits, isAuthenticated: false })).toThrow("unauthenticated multibulk length");
  });
});

test.each([
  ["set a b", ["set", "a", "b"]],
  ["  set\t'it''s'", undefined],
  ["a \"b c\" 'd\\'e'", ["a", "b c", "d'e"]],
  ['"\\x41\\n\\q"', ["A\nq"]],
  ['"open', undefined],
  ['"a"b', undefined],
  ["", []],
])("the line %j has the arguments %j", (line, args) => {
  expect(splitInlineArguments(line)).toEqual(args);
});
