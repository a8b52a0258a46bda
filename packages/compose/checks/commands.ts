import type { Finding } from "../report.ts";
import { at, child, itemPath, itemsOf, textOf } from "../yaml/node.ts";
import { type Check, findingAt } from "./check.ts";

const beginnings = ["CMD", "CMD-SHELL", "NONE"];

/** A health check in a list says how it is run. */
export const healthChecksBegin: Check = ({ services }) =>
  services.flatMap(({ name, node }): readonly Finding[] => {
    const test = at(node, "healthcheck", "test");
    const [first] = itemsOf(test);
    if (!first || beginnings.includes(textOf(first) ?? "")) return [];
    const message = `services.${name}.healthcheck.test begins with ${JSON.stringify(textOf(first))}`;
    return [findingAt(first, message, 'begin with "CMD", "CMD-SHELL" or "NONE"')];
  });

/** What is synchronised has a place to go to. */
export const watchRulesHaveTargets: Check = ({ services }) =>
  services.flatMap(({ name, node }) =>
    itemsOf(at(node, "develop", "watch")).flatMap((rule, index): readonly Finding[] => {
      const action = textOf(child(rule, "action"));
      const isMissing = rule.kind === "mapping" && !rule.entries.has("target") && !rule.dropped?.has("target");
      if (!isMissing || action === undefined || action === "rebuild" || action === "restart") return [];
      return [
        findingAt(
          rule,
          `${itemPath(`services.${name}.develop.watch`, rule, index)}.target is missing`,
          `${action} needs a target`,
        ),
      ];
    }),
  );

/** A device request says how many or which, not both. */
export const deviceRequestsAreClear: Check = ({ services }) =>
  services.flatMap(({ name, node }) =>
    [
      ...itemsOf(child(node, "gpus")).map((request, index) => ({ request, path: itemPath("gpus", request, index) })),
      ...itemsOf(at(node, "deploy", "resources", "reservations", "devices")).map((request, index) => ({
        request,
        path: itemPath("deploy.resources.reservations.devices", request, index),
      })),
    ].flatMap(({ request, path }): readonly Finding[] => {
      const ids = child(request, "device_ids");
      if (!ids || !child(request, "count")) return [];
      return [findingAt(ids, `services.${name}.${path} has both count and device_ids`, "keep one of them")];
    }),
  );
