import { type Node, textOf } from "../yaml/node.ts";
import { listOf, record } from "./collections.ts";
import { byteSize, integer, numberOf, text } from "./scalars.ts";
import type { PrintFormat, Shape } from "./shape.ts";

/** Compose prints these two with capital letters in JSON. */
function device(detail: "rate" | "weight"): Shape {
  const shape = detail === "rate" ? byteSize() : integer({ min: 0, max: 1000 });
  const keys = { path: text(), [detail]: shape };
  return record("a device limit", keys, { print: (node, format) => printDevice(node, detail, format) });
}

function printDevice(node: Node, detail: "rate" | "weight", format: PrintFormat): unknown {
  if (node.kind !== "mapping") return undefined;
  const path = textOf(node.entries.get("path")?.node) ?? "";
  const given = node.entries.get(detail)?.node;
  const value =
    detail === "weight" ? (numberOf(given) ?? 0) : given ? byteSize({ keep: true }).print(given, format) : "0";
  if (format === "yaml") return { path, [detail]: value };
  return { Path: path, [detail === "rate" ? "Rate" : "Weight"]: value };
}

/** `blkio_config` of a service. */
export const blkioConfig: Shape = record("blkio_config", {
  weight: integer({ min: 0, max: 1000 }),
  weight_device: listOf(device("weight")),
  device_read_bps: listOf(device("rate")),
  device_read_iops: listOf(device("rate")),
  device_write_bps: listOf(device("rate")),
  device_write_iops: listOf(device("rate")),
});
