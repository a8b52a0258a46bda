import fc from "fast-check";
import { expect, test } from "vitest";
import { RawClient } from "../testing/raw-client.ts";
import { endServersAfterEach, startTestServer } from "../testing/test-server.ts";

endServersAfterEach();

const fragment = fc.oneof(
  fc.constantFrom(
    "*",
    "$",
    "\r\n",
    "*1\r\n",
    "*2\r\n$3\r\nGET\r\n",
    "$-1\r\n",
    "*-1\r\n",
    "$4\r\nPING\r\n",
    "PING\r\n",
    '"',
    "\0",
  ),
  fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)), maxLength: 20 }),
  fc.integer().map(String),
);

test("100,000 malformed frames harm no other connection", async () => {
  const server = await startTestServer();
  const other = await server.connect();
  const frames = fc.sample(fc.array(fragment, { minLength: 1, maxLength: 8 }), 100_000).map((parts) => parts.join(""));
  let sender = await RawClient.connect(server.port);
  for (const [index, frame] of frames.entries()) {
    // Each hundred frames end with their connection, whether or not one of them closed it.
    if (index % 100 === 0) {
      sender.close();
      sender = await RawClient.connect(server.port);
      expect(await other.call("ECHO", "still here")).toBe("still here");
    }
    sender.send(frame);
  }
  sender.close();
  expect(await other.call("PING")).toEqual({ simple: "PONG" });
});
