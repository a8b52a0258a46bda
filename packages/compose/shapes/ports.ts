import { isIP } from "../formats/ip-address.ts";
import { parsePortSpec } from "../formats/port-spec.ts";
import { child, mapping, type Node, scalar, textOf } from "../yaml/node.ts";
import { listOf, record } from "./collections.ts";
import { integer, looseText, text } from "./scalars.ts";
import type { Mistake, Shape } from "./shape.ts";

const published: NonNullable<Shape["check"]> = (given) => {
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(given);
  const isGood = match && Number(match[1]) <= 65_535 && Number(match[2] ?? match[1]) <= 65_535;
  return isGood || given === "" ? undefined : { wrong: "is not a port or a range of ports" };
};

const port = record(
  "a port",
  {
    name: text(),
    mode: text(),
    host_ip: text("an IP address", { check: (given) => (isIP(given) ? undefined : { wrong: "is not an IP address" }) }),
    target: integer({ min: 1, max: 65_535 }),
    published: looseText("a port or a range of ports", { check: published }),
    protocol: text(),
    app_protocol: text(),
  },
  { is: "a port", accepts: ["text", "integer", "number", "mapping"], expand, required: ["target"] },
);

/** `ports` of a service (Compose Specification, ports): short forms become long ones, a range one entry a port. */
export const ports: Shape = listOf(port, { is: "a list of ports", keyOf: portKey });

function expand(node: Node): Node | readonly Node[] | Mistake {
  if (node.kind !== "scalar") return node;
  const specs = parsePortSpec(node.text);
  if (typeof specs === "string")
    return { wrong: specs, hint: 'write "HOST:CONTAINER", for example "8080:80", in quotes' };
  const place = node.place;
  return specs.map((spec) =>
    mapping(
      {
        mode: scalar("ingress", place),
        host_ip: spec.hostIp === undefined ? undefined : scalar(spec.hostIp, place),
        target: scalar(spec.target, place),
        published: spec.published === undefined ? undefined : scalar(spec.published, place),
        protocol: scalar(spec.protocol, place),
      },
      place,
    ),
  );
}

/** Equal for entries that mean the same port; a published number and the same number as text differ, as in Compose. */
function portKey(item: Node): string {
  const given = child(item, "published");
  const isNumber = given?.kind === "scalar" && typeof given.value === "number";
  const host = textOf(child(item, "host_ip")) ?? "0.0.0.0";
  const protocol = textOf(child(item, "protocol")) ?? "tcp";
  return `${host}:${isNumber ? "#" : ""}${textOf(given) ?? ""}:${textOf(child(item, "target")) ?? ""}/${protocol}`;
}
