import type { Finding } from "../report.ts";
import type { Entry, MappingNode, Node } from "../yaml/node.ts";

/** A merged and normalised project, as checks look at it. */
export interface Checked {
  readonly root: MappingNode;
  readonly profiles: readonly string[];
  /** Every service, also those whose profile is not active. */
  readonly all: ReadonlyMap<string, Entry>;
  /** Those that are active. */
  readonly services: readonly {
    readonly name: string;
    readonly node: MappingNode;
    readonly keyPlace: Entry["keyPlace"];
  }[];
}

/** One rule: returns what is wrong, never throws. */
export type Check = (project: Checked) => readonly Finding[];

/** A finding at a node. */
export function findingAt(node: Node, message: string, hint?: string): Finding {
  return { place: node.place, message, ...(hint === undefined ? {} : { hint }) };
}
