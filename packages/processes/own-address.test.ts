import { expect, test } from "vitest";
import { substituteOwnAddress, substituteOwnPort } from "./own-address.ts";

const own = new Map([
  [3000, { host: "127.0.0.1", port: 4000 }],
  [80, { host: "127.0.0.1", port: 8080 }],
]);

test.each([
  ["curl -f http://localhost:3000/health || exit 1", "curl -f http://127.0.0.1:4000/health || exit 1"],
  ["wget -qO- 127.0.0.1:3000", "wget -qO- 127.0.0.1:4000"],
  ["nc -z localhost 3000", "nc -z 127.0.0.1 4000"],
  ["curl http://localhost/", "curl http://127.0.0.1:8080/"],
  ["curl http://[::1]:3000", "curl http://127.0.0.1:4000"],
  ["curl http://localhost:5000", "curl http://localhost:5000"],
  ["curl http://localhost.example:3000", "curl http://localhost.example:3000"],
])("%s becomes %s", (text, expected) => {
  expect(substituteOwnAddress(text, own)).toBe(expected);
});

test("a port argument of its own becomes the given one, other numbers stay", () => {
  expect(substituteOwnPort(["vite", "--port", "3000", "-n", "3000"], own)).toEqual([
    "vite",
    "--port",
    "4000",
    "-n",
    "3000",
  ]);
  expect(substituteOwnPort(["next", "-p", "3000", "--inspect-port=3000"], own)).toEqual([
    "next",
    "-p",
    "4000",
    "--inspect-port=4000",
  ]);
});
