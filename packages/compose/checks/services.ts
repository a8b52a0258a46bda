import { parseByteSize } from "../formats/byte-size.ts";
import type { Finding } from "../report.ts";
import { numberOf } from "../shapes/scalars.ts";
import { at, child, type Node, textOf } from "../yaml/node.ts";
import { type Check, findingAt } from "./check.ts";

/** Every service has something to run, and one place on the network. */
export const servicesCanRun: Check = ({ services }) =>
  services.flatMap(({ name, node, keyPlace }): readonly Finding[] => {
    const has = (key: string): boolean => node.entries.has(key) || (node.dropped?.has(key) ?? false);
    const isRunnable =
      Boolean(textOf(child(node, "image"))) || node.dropped?.has("image") || has("build") || has("provider");
    const path = `services.${name}`;
    const mode = child(node, "network_mode");
    return [
      ...(isRunnable
        ? []
        : [{ place: keyPlace, message: `${path} has neither image nor build`, hint: "add image: NAME, or build: ." }]),
      ...(mode && child(node, "networks")
        ? [findingAt(mode, `${path}.network_mode cannot stand beside networks`, "keep one of them")]
        : []),
    ];
  });

/** Replicas are said once, and a service with a name of its own has one. */
export const replicasAgree: Check = ({ services }) =>
  services.flatMap(({ name, node }): readonly Finding[] => {
    const [scale, replicas] = [child(node, "scale"), at(node, "deploy", "replicas")];
    const own = child(node, "container_name");
    const wanted = numberOf(scale) ?? numberOf(replicas) ?? 1;
    return [
      ...(scale && replicas && numberOf(scale) !== numberOf(replicas)
        ? [findingAt(scale, `services.${name}.scale and deploy.replicas differ`, "keep one of them")]
        : []),
      ...(own && wanted > 1
        ? [
            findingAt(
              own,
              `services.${name}.container_name cannot name ${wanted} containers`,
              "remove it, or run one of them",
            ),
          ]
        : []),
    ];
  });

/** No two services give their container the same name. */
export const namesAreUnique: Check = ({ services }) => {
  const owners = new Map<string, string>();
  return services.flatMap(({ name, node }): readonly Finding[] => {
    const own = child(node, "container_name");
    const given = textOf(own);
    if (!own || !given) return [];
    const owner = owners.get(given);
    owners.set(given, owner ?? name);
    return owner === undefined
      ? []
      : [findingAt(own, `services.${name}.container_name: ${given} is the name of ${owner} too`, "choose another")];
  });
};

const sameLimits: readonly (readonly [
  key: string,
  path: readonly string[],
  read: (node: Node | undefined) => number | undefined,
])[] = [
  ["cpus", ["limits", "cpus"], numberOf],
  ["mem_limit", ["limits", "memory"], bytesOf],
  ["mem_reservation", ["reservations", "memory"], bytesOf],
  ["pids_limit", ["limits", "pids"], numberOf],
];

/** A limit that is said in the service and under `deploy` is the same. */
export const limitsAgree: Check = ({ services }) =>
  services.flatMap(({ name, node }) =>
    sameLimits.flatMap(([key, path, read]): readonly Finding[] => {
      const [own, deployed] = [child(node, key), at(node, "deploy", "resources", ...path)];
      const group = at(node, "deploy", "resources", path[0] ?? "");
      if (!own || !group || !read(own) || read(own) === (read(deployed) ?? 0)) return [];
      return [
        findingAt(own, `services.${name}.${key} and deploy.resources.${path.join(".")} differ`, "keep one of them"),
      ];
    }),
  );

function bytesOf(node: Node | undefined): number | undefined {
  return parseByteSize(textOf(node) ?? "");
}
