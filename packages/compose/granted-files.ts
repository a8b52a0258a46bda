import { posix } from "node:path";
import type { Mount } from "@drydock/core";
import { at, child, itemsOf, type Node, textOf } from "./yaml/node.ts";

const secretsFolder = "/run/secrets";

/**
 * The secrets and configs that a service is granted and that come from files, as read-only binds: a secret lies in /run/secrets
 * under its name, a config in the root folder, unless `target` says otherwise (Compose Specification, services, secrets and configs).
 */
export function grantedFiles(service: Node, whole: Node): readonly Mount[] {
  return [...granted(service, whole, "secrets", secretsFolder), ...granted(service, whole, "configs", "/")];
}

function granted(service: Node, whole: Node, kind: "secrets" | "configs", folder: string): readonly Mount[] {
  return itemsOf(child(service, kind)).flatMap((grant): readonly Mount[] => {
    const source = textOf(child(grant, "source"));
    const file = source === undefined ? undefined : textOf(at(whole, kind, source, "file"));
    if (source === undefined || file === undefined) return [];
    const target = posix.resolve(folder, textOf(child(grant, "target")) ?? source);
    return [{ kind: "bind", source: file, target, isReadOnly: true }];
  });
}
