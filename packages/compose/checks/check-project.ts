import type { Loading } from "../files/loading.ts";
import type { MappingNode } from "../yaml/node.ts";

export function checkProject(_root: MappingNode, _profiles: readonly string[], _loading: Loading): void {}
