import type { Finding } from "../report.ts";
import { child, itemPath, itemsOf, textOf } from "../yaml/node.ts";
import { type Check, findingAt } from "./check.ts";

interface Claim {
  readonly service: string;
  readonly host: string;
}

const everyHost = ["", "0.0.0.0", "::"];

/** No two services publish the same port of the host. Ranges are left out: an engine takes a free port of them. */
export const portsDoNotClash: Check = ({ services }) => {
  const claims = new Map<string, Claim[]>();
  return services.flatMap(({ name, node }) =>
    itemsOf(child(node, "ports")).flatMap((port, index): readonly Finding[] => {
      const published = textOf(child(port, "published")) ?? "";
      if (!/^[1-9]\d*$/.test(published)) return [];
      const key = `${Number(published)}/${textOf(child(port, "protocol")) ?? "tcp"}`;
      const own = { service: name, host: textOf(child(port, "host_ip")) ?? "" };
      const others = claims.get(key) ?? [];
      claims.set(key, [...others, own]);
      const other = others.find((claim) => claim.service !== name && overlap(claim.host, own.host));
      if (!other) return [];
      const message = `${itemPath(`services.${name}.ports`, port, index)}: port ${published} is published by ${other.service} too`;
      return [findingAt(port, message, "give one of them another host port")];
    }),
  );
};

function overlap(one: string, other: string): boolean {
  return one === other || everyHost.includes(one) || everyHost.includes(other);
}

/** No two mounts of a service lie on the same path. */
export const mountTargetsDoNotClash: Check = ({ services }) =>
  services.flatMap(({ name, node }) => {
    const taken = new Map<string, string>();
    const mounts = [
      ...itemsOf(child(node, "tmpfs")).map((mount, index) => ({
        mount,
        target: textOf(mount)?.split(":")[0],
        path: itemPath("tmpfs", mount, index),
      })),
      ...itemsOf(child(node, "volumes")).map((mount, index) => ({
        mount,
        target: textOf(child(mount, "target")),
        path: itemPath("volumes", mount, index),
      })),
    ];
    return mounts.flatMap(({ mount, target, path }): readonly Finding[] => {
      if (target === undefined) return [];
      const other = taken.get(target);
      taken.set(target, other ?? path);
      if (other === undefined) return [];
      return [
        findingAt(mount, `services.${name}.${path}: ${target} is the target of ${other} too`, "keep one of them"),
      ];
    });
  });
