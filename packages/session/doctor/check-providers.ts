import type { ServerKind } from "@drydock/core";
import { findProjectDirectory } from "../find-project.ts";
import type { Check, Finding } from "./finding.ts";

const kinds: readonly { readonly kind: ServerKind; readonly program: string; readonly embedded: string }[] = [
  { kind: "mongo", program: "mongod", embedded: "the embedded MongoDB" },
  { kind: "redis", program: "redis-server", embedded: "the embedded Redis" },
  { kind: "nginx", program: "nginx", embedded: "the embedded edge" },
];

/** What the local engine takes for database and proxy images: a program, or what stands in for it. */
export const checkProviders: Check = async (source) => {
  const { variables } = source;
  const { findInstalled } = await import("@drydock/processes");
  const directory = findProjectDirectory(source) ?? source.directory;
  return Promise.all(
    kinds.map(async ({ kind, program, embedded }): Promise<Finding> => {
      const found = await findInstalled(kind, variables, directory);
      const where = found && `${found.program} at ${found.path}`;
      if (variables.DRYDOCK_PROVIDERS === "embedded")
        return ok(`${embedded} runs${where ? ` in the place of ${where}` : ""}: DRYDOCK_PROVIDERS=embedded`);
      return ok(where ?? `${program} is not installed: without Docker, ${embedded} stands in for it`);
    }),
  );
};

const ok = (message: string): Finding => ({
  check: "providers",
  level: "ok",
  message: message.charAt(0).toUpperCase() + message.slice(1),
});
