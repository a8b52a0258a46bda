import type { WatchAction, WatchRule } from "@drydock/core";
import { splitShellWords } from "./formats/shell-words.ts";
import { flagOf } from "./shapes/scalars.ts";
import { at, child, itemsOf, type MappingNode, type Node, textOf } from "./yaml/node.ts";

const actions: readonly WatchAction[] = ["sync", "rebuild", "restart", "sync+restart", "sync+exec"];

/** The `develop.watch` of a normalised service (Compose Develop Specification). */
export function watchRulesOf(service: MappingNode): readonly WatchRule[] {
  return itemsOf(at(service, "develop", "watch")).flatMap(watchRule);
}

function watchRule(node: Node): readonly WatchRule[] {
  const path = textOf(child(node, "path"));
  const given = textOf(child(node, "action"));
  const action = actions.find((each) => each === given);
  if (path === undefined || action === undefined) return [];
  const target = textOf(child(node, "target"));
  const exec = commandOf(at(node, "exec", "command"));
  return [
    {
      path,
      action,
      ...(target ? { target } : {}),
      ignore: wordsOf(child(node, "ignore")),
      include: wordsOf(child(node, "include")),
      isInitiallySynced: flagOf(child(node, "initial_sync")) ?? false,
      ...(exec.length > 0 ? { exec } : {}),
    },
  ];
}

/** A command as text is split into words, as Compose does. */
function commandOf(node: Node | undefined): readonly string[] {
  const line = textOf(node);
  return line === undefined ? wordsOf(node) : (splitShellWords(line)?.words ?? []);
}

/** A text is a list of one. */
function wordsOf(node: Node | undefined): readonly string[] {
  const single = textOf(node);
  return single === undefined ? itemsOf(node).flatMap((each) => textOf(each) ?? []) : [single];
}
