import fc from "fast-check";
import { expect, test } from "vitest";
import { Document } from "../values/document.ts";
import { encodeDocument } from "../values/encode.ts";
import { int32 } from "../values/scalars.ts";
import { compress } from "./compression.ts";
import { crc32c } from "./crc32c.ts";
import { readMessage } from "./read-message.ts";
import { bson, compressed, opMsg, opQuery } from "./test-messages.ts";
import { writeReply } from "./write-reply.ts";

const documents = fc.array(fc.record({ a: fc.integer({ min: 0, max: 9 }), text: fc.string() }), { maxLength: 5 });

test("a body, its document sequences and the flags are read, with a checksum, compressed, or plain", async () => {
  await fc.assert(
    fc.asyncProperty(
      documents,
      documents,
      fc.constantFrom(0, 2, 0x10000, 0x20000),
      fc.boolean(),
      fc.boolean(),
      async (first, second, flags, hasChecksum, isCompressed) => {
        const parts = { body: { insert: "c", $db: "d" }, sequences: { documents: first, others: second } };
        const plain = opMsg({ ...parts, flags, hasChecksum, requestId: 4711 });
        const request = await readMessage(isCompressed ? compressed(plain) : plain);
        expect(request).toMatchObject({
          requestId: 4711,
          form: "msg",
          isReplyAwaited: flags !== 2,
          isExhaustAllowed: flags === 0x10000,
          hasChecksum,
          compressor: isCompressed ? "zlib" : undefined,
        });
        expect([...request.command.fields().keys()]).toEqual(["insert", "$db", "documents", "others"]);
        const read = request.command.get("documents");
        expect(Array.isArray(read) && read.map((each) => each instanceof Document && encodeDocument(each))).toEqual(
          first.map(bson),
        );
      },
    ),
  );
});

test("the old handshake is read, also when it is wrapped for a read preference", async () => {
  for (const command of [{ isMaster: 1 }, { $query: { isMaster: 1 }, $readPreference: { mode: "primary" } }]) {
    const request = await readMessage(opQuery("admin", command));
    expect(request.form).toBe("query");
    expect([...request.command.fields().keys()]).toEqual(["isMaster", "$db"]);
  }
});

const valid = opMsg({ body: { ping: 1, $db: "admin" } });

function changed(change: (bytes: Buffer) => void): Buffer {
  const bytes = Buffer.from(valid);
  change(bytes);
  return bytes;
}

test.each([
  ["a flag that has to be understood", changed((bytes) => bytes.writeUInt32LE(0x100, 16)), "unknown flags: 0x100"],
  ["an unknown section", changed((bytes) => bytes.writeUInt8(2, 20)), "section of the unknown kind 2"],
  ["an unknown opcode", changed((bytes) => bytes.writeInt32LE(2001, 12)), "messages of the kind 2001"],
  ["two bodies", Buffer.concat([valid, valid.subarray(20)]), "two bodies"],
  ["no body", valid.subarray(0, 20), "has no section"],
  ["a document that is cut", valid.subarray(0, -3), "a document reaches over the end"],
  [
    "a field that is in the body and a sequence",
    opMsg({ body: { insert: "c", documents: [], $db: "d" }, sequences: { documents: [] } }),
    '"documents" in its body and as a document sequence',
  ],
  ["OP_QUERY on a collection", changed((bytes) => bytes.writeInt32LE(2004, 12)), "only commands are taken"],
])("%s is refused", (_, frame, message) => {
  expect(() => readMessage(frame)).toThrow(message);
});

test("a wrong checksum is refused", () => {
  const frame = opMsg({ body: { ping: 1, $db: "admin" }, hasChecksum: true });
  frame.writeUInt8((frame[30] ?? 0) ^ 1, 30);
  expect(() => readMessage(frame)).toThrow("checksum is not that of its bytes");
  // RFC 3720, B.4: 32 bytes of zeros.
  expect(crc32c(Buffer.alloc(32))).toBe(0x8a9136aa);
});

test("compressed messages that lie are refused", () => {
  const frame = compressed(valid);
  const lying = Buffer.from(frame);
  lying.writeInt32LE(5, 20);
  expect(() => readMessage(lying)).toThrow("does not open");
  const short = Buffer.from(frame);
  short.writeInt32LE(1000, 20);
  expect(() => readMessage(short)).toThrow("says that it holds 1000 bytes");
  const snappy = Buffer.from(frame);
  snappy[24] = 1;
  expect(() => readMessage(snappy)).toThrow("the compressor 1 was not offered");
  expect(() => readMessage(compressed(frame))).toThrow("inside another");
});

test("a document that is too large is an error that the client is told", () => {
  const frame = opMsg({ body: { ping: 1, $db: "admin", text: "x".repeat(17_000_000) } });
  expect(() => readMessage(frame)).toThrow("Size must be between 0 and 16793600(16MB)");
});

test("a reply has the form, the checksum and the compression of its request", async () => {
  const document = Document.from([["ok", int32(1)]]);
  const reply = { requestId: 9, responseTo: 7, document, isMoreToCome: true };
  const message = writeReply(reply, { form: "msg", hasChecksum: true, compressor: undefined });
  expect(message.readInt32LE(0)).toBe(message.length);
  expect(message.readInt32LE(8)).toBe(7);
  expect(await readMessage(message)).toMatchObject({ hasChecksum: true, isReplyAwaited: false });
  expect(await readMessage(compress(message, "zlib"))).toMatchObject({ compressor: "zlib", hasChecksum: true });
  const old = writeReply(reply, { form: "query", hasChecksum: false, compressor: undefined });
  expect(old.readInt32LE(12)).toBe(1);
  expect(old.readInt32LE(32)).toBe(1);
  expect(old.subarray(36)).toEqual(encodeDocument(document));
});
