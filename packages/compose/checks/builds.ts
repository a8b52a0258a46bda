import type { Finding } from "../report.ts";
import { at, child, entriesOf, itemsOf, textOf } from "../yaml/node.ts";
import { type Check, findingAt } from "./check.ts";

/** A build has one Dockerfile, contexts that exist, and the platform that the service runs on. */
export const buildsAreComplete: Check = ({ services, all }) =>
  services.flatMap(({ name, node }): readonly Finding[] => {
    const build = child(node, "build");
    if (!build) return [];
    const path = `services.${name}.build`;
    const inline = child(build, "dockerfile_inline");
    const platform = child(node, "platform");
    const platforms = itemsOf(child(build, "platforms")).map(textOf);
    const contexts = [...entriesOf(child(build, "additional_contexts"))].flatMap(
      ([key, { node: context }]): readonly Finding[] => {
        const given = textOf(context) ?? "";
        const service = given.startsWith("service:") ? given.slice("service:".length) : undefined;
        if (service === undefined || at(all.get(service)?.node, "build")) return [];
        const what = all.has(service) ? `the service ${service} has no build` : `there is no service ${service}`;
        return [findingAt(context, `${path}.additional_contexts.${key}: ${what}`)];
      },
    );
    return [
      ...(inline && child(build, "dockerfile")
        ? [findingAt(inline, `${path}.dockerfile_inline cannot stand beside dockerfile`, "keep one of them")]
        : []),
      ...(platform && platforms.length > 0 && !platforms.includes(textOf(platform))
        ? [
            findingAt(
              platform,
              `services.${name}.platform is not one of build.platforms`,
              `they are ${platforms.join(", ")}`,
            ),
          ]
        : []),
      ...contexts,
    ];
  });
