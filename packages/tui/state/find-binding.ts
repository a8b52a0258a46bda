import type { Binding, Group } from "./binding.ts";
import { keymap } from "./keymap.ts";
import type { TabId } from "./tabs.ts";

/** The tab in which bindings of a group count. */
export const tabOf: Readonly<Record<Exclude<Group, "screen">, TabId>> = {
  service: "services",
  log: "services",
  data: "data",
  requests: "requests",
  certificates: "certificates",
};

/** Whether a binding counts in a tab. */
export const isIn = ({ group, isEverywhere }: Binding, tab: TabId): boolean =>
  group === "screen" || isEverywhere === true || tabOf[group] === tab;

/** What a key asks for in a tab, or undefined. */
export const bindingOf = (key: string, tab: TabId): Binding | undefined =>
  keymap.find((each) => each.keys.includes(key) && isIn(each, tab));
