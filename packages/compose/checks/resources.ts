import { nearest } from "@drydock/core";
import { resourceUses } from "../profiles.ts";
import type { Finding } from "../report.ts";
import { flagOf } from "../shapes/scalars.ts";
import { child, entriesOf } from "../yaml/node.ts";
import { type Check, findingAt } from "./check.ts";

/** Every network, volume, secret, config and model that a service names is declared. */
export const resourcesExist: Check = ({ root, services }) =>
  [...resourceUses].flatMap(([section, uses]) => {
    const declared = child(root, section);
    const known = new Set(entriesOf(declared).keys());
    const dropped = declared?.kind === "mapping" ? declared.dropped : undefined;
    return services.flatMap(({ name, node }) =>
      uses(node).flatMap((use): readonly Finding[] => {
        if (known.has(use.name) || dropped?.has(use.name) || root.dropped?.has(section)) return [];
        const one = section.slice(0, -1);
        const close = nearest(use.name, [...known]);
        const declare = `declare it at the top level: ${section}: {${use.name}: ${section === "networks" || section === "volumes" ? "" : "..."}}`;
        const hint = close === undefined ? declare.replace(": }", ": {}}") : `did you mean "${close}"?`;
        return [findingAt(use.node, `services.${name}.${use.path}: there is no ${one} ${use.name}`, hint)];
      }),
    );
  });

/** What is external is made by somebody else: how to make it is not for this file. */
export const externalResourcesAreBare: Check = ({ root }) =>
  [...entriesOf(child(root, "volumes"))].flatMap(([name, { node }]) => {
    if (flagOf(child(node, "external")) !== true) return [];
    return [...entriesOf(node)]
      .filter(([key]) => key !== "name" && key !== "external" && !key.startsWith("x-"))
      .map(([key, entry]) => ({
        place: entry.keyPlace,
        message: `volumes.${name}.${key} cannot stand beside external`,
        hint: "remove it, or remove external",
      }));
  });

const kinds = { secrets: ["file", "environment"], configs: ["file", "environment", "content"] } as const;

/** A secret or config has one source. */
export const fileObjectsHaveOneSource: Check = ({ root }) =>
  (["secrets", "configs"] as const).flatMap((section) =>
    [...entriesOf(child(root, section))].flatMap(([name, { node, keyPlace }]): readonly Finding[] => {
      const keys = kinds[section];
      const dropped = node.kind === "mapping" ? node.dropped : undefined;
      const given = keys.filter((key) => child(node, key));
      const path = `${section}.${name}`;
      if (given.length > 1) {
        return [
          findingAt(child(node, given[1] ?? "") ?? node, `${path} has ${given.join(" and ")}`, "keep one of them"),
        ];
      }
      const isElsewhere = flagOf(child(node, "external")) ?? false;
      if (given.length === 1 || isElsewhere || keys.some((key) => dropped?.has(key)) || dropped?.has("external"))
        return [];
      return [
        { place: keyPlace, message: `${path} has no source`, hint: `give it ${keys.join(", ")} or external: true` },
      ];
    }),
  );
