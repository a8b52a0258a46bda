import { formatDouble } from "./format-double.ts";
import type { Reply, TypedReply } from "./reply.ts";

/** The protocol versions that a client can speak. */
export type ProtocolVersion = 2 | 3;

/** A reply as the bytes (latin1) that go on the wire. */
export function encodeReply(reply: Reply, protocol: ProtocolVersion): string {
  if (typeof reply === "string") return `$${reply.length}\r\n${reply}\r\n`;
  if (typeof reply === "number" || typeof reply === "bigint") return `:${reply}\r\n`;
  if (reply === null) return protocol === 2 ? "$-1\r\n" : "_\r\n";
  if ("kind" in reply) return encodeTyped(reply, protocol);
  return encodeItems("*", reply.length, reply, protocol);
}

function encodeItems(mark: string, count: number, items: readonly Reply[], protocol: ProtocolVersion): string {
  let encoded = `${mark}${count}\r\n`;
  for (const item of items) encoded += encodeReply(item, protocol);
  return encoded;
}

const encodeDouble = (text: string, protocol: ProtocolVersion): string =>
  protocol === 2 ? `$${text.length}\r\n${text}\r\n` : `,${text}\r\n`;

function encodeTyped(reply: TypedReply, protocol: ProtocolVersion): string {
  switch (reply.kind) {
    case "simple":
      return `+${reply.text}\r\n`;
    case "error":
      return `-${reply.message.replace(/[\r\n]/g, " ")}\r\n`;
    case "nullArray":
      return protocol === 2 ? "*-1\r\n" : "_\r\n";
    case "several":
      return reply.replies.map((each) => encodeReply(each, protocol)).join("");
    case "map":
      if (protocol === 2) return encodeReply(reply.pairs, 2);
      return encodeItems("%", reply.pairs.length / 2, reply.pairs, 3);
    case "set":
      return encodeItems(protocol === 2 ? "*" : "~", reply.members.length, reply.members, protocol);
    case "push":
      return encodeItems(protocol === 2 ? "*" : ">", reply.items.length, reply.items, protocol);
    case "double":
      return encodeDouble(reply.text ?? formatDouble(reply.value), protocol);
    case "boolean":
      return protocol === 2 ? `:${reply.value ? 1 : 0}\r\n` : `#${reply.value ? "t" : "f"}\r\n`;
    case "bigNumber":
      return protocol === 2 ? encodeReply(reply.digits, 2) : `(${reply.digits}\r\n`;
    case "verbatim":
      if (protocol === 2) return encodeReply(reply.text, 2);
      return `=${reply.text.length + 4}\r\n${reply.format}:${reply.text}\r\n`;
    case "attribute":
      if (protocol === 2) return encodeReply(reply.reply, 2);
      return encodeItems("|", reply.pairs.length / 2, reply.pairs, 3) + encodeReply(reply.reply, 3);
  }
}
