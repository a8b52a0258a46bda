import { child, mapping, type Node, scalar, textOf } from "../yaml/node.ts";
import { keyValues, listOf, record, words } from "./collections.ts";
import { text } from "./scalars.ts";
import type { Mistake, Shape } from "./shape.ts";

const device = record(
  "a device",
  { source: text(), target: text(), permissions: text() },
  { is: "a device", accepts: ["text", "mapping"], expand: expandDevice, required: ["source"] },
);

/** `devices` of a service: `SOURCE[:TARGET[:PERMISSIONS]]`, or long. */
export const devices: Shape = listOf(device, {
  is: "a list of devices",
  keyOf: (item) => textOf(child(item, "target")),
});

function expandDevice(node: Node): Node | Mistake {
  if (node.kind !== "scalar") return node;
  const [source = "", target, permissions = "rwm", ...more] = node.text.split(":");
  if (more.length > 0) return { wrong: "has too many colons", hint: "write SOURCE:TARGET:PERMISSIONS" };
  const { place } = node;
  return mapping(
    { source: scalar(source, place), target: scalar(target || source, place), permissions: scalar(permissions, place) },
    place,
  );
}

const count: Shape = {
  is: "a whole number or all",
  accepts: ["integer", "text"],
  check: (given) => (/^(-?\d+|all)$/i.test(given) ? undefined : { wrong: "is not a whole number or all" }),
  print: (node) => (textOf(node)?.toLowerCase() === "all" ? -1 : Number(textOf(node)) || undefined),
};

/** Requests for devices such as GPUs: `deploy.resources.reservations.devices` and `gpus`. */
export function deviceRequests(more: Partial<Shape> = {}): Shape {
  const request = record("a device request", {
    capabilities: words(),
    driver: text(),
    count,
    device_ids: words(),
    options: keyValues("empty"),
  });
  return listOf({ ...request, ...more }, { is: "a list of device requests" });
}

/** `gpus` of a service: `all`, or requests. */
export const gpus: Shape = {
  ...deviceRequests(),
  is: "all or a list of device requests",
  accepts: ["text", "list"],
  expand: (node) => {
    if (node.kind !== "scalar") return node;
    if (node.text !== "all") return { wrong: "is not all or a list of device requests" };
    return { kind: "list", items: [mapping({ count: node }, node.place)], place: node.place };
  },
};

/** A request that names neither a count nor devices means all of them. */
export function withDeviceCount(item: Node): Node {
  if (item.kind !== "mapping" || item.entries.has("count") || item.entries.has("device_ids")) return item;
  return {
    ...item,
    entries: new Map(item.entries).set("count", { keyPlace: item.place, node: scalar("all", item.place) }),
  };
}
