import { nearest, orderByDependency } from "@drydock/core";
import { profilesOf } from "../profiles.ts";
import { flagOf } from "../shapes/scalars.ts";
import { child, entriesOf, type MappingNode } from "../yaml/node.ts";
import { type Check, findingAt } from "./check.ts";

/** Every service that another one needs is there and active. */
export const dependenciesExist: Check = ({ services, all, profiles }) =>
  services.flatMap(({ name, node }) =>
    [...entriesOf(child(node, "depends_on"))].flatMap(([dependency, entry]) => {
      const path = `services.${name}.depends_on`;
      const found = all.get(dependency)?.node;
      const where = { ...entry.node, place: entry.keyPlace };
      if (!found) {
        const close = nearest(dependency, [...all.keys()]);
        const hint =
          close === undefined ? `the services are ${[...all.keys()].join(", ")}` : `did you mean "${close}"?`;
        return [findingAt(where, `${path}: there is no service ${dependency}`, hint)];
      }
      const own = profilesOf(found);
      const isRunning = own.length === 0 || profiles.includes("*") || own.some((profile) => profiles.includes(profile));
      const isRequired = flagOf(child(entry.node, "required")) ?? true;
      if (isRunning || !isRequired) return [];
      return [
        findingAt(
          where,
          `${path}: ${dependency} belongs to the profile ${own.join(" or ")}, which is not active`,
          `give --profile ${own[0]}, or write required: false`,
        ),
      ];
    }),
  );

/** No service waits for itself. */
export const noDependencyCycles: Check = ({ services }) => {
  const byName = new Map(services.map((service) => [service.name, service.node]));
  const remaining = new Set(byName.keys());
  const findings = [];
  // Each circle is reported once: its members are taken out, and the rest is looked at again.
  for (;;) {
    const order = orderByDependency([...remaining], (name) => dependenciesOf(byName.get(name)));
    if (!("cycle" in order)) return findings;
    const [first = "", second = ""] = order.cycle;
    const entry = entriesOf(child(byName.get(first), "depends_on")).get(second);
    const message = `services.${first}.depends_on goes in a circle: ${order.cycle.join(" > ")}`;
    if (entry) findings.push({ place: entry.keyPlace, message, hint: "take one of these dependencies out" });
    for (const name of order.cycle) remaining.delete(name);
  }
};

function dependenciesOf(node: MappingNode | undefined): readonly string[] {
  return [...entriesOf(child(node, "depends_on")).keys()];
}
