import { map, type Reply, simple } from "../../resp/reply.ts";
import { categoriesOf } from "../../server/command-categories.ts";
import { arityProblem, findCommand } from "../../server/find-command.ts";
import { matchesGlob } from "../../server/glob.ts";
import type { Command } from "../command.ts";
import { CommandError, syntaxError } from "../command-error.ts";
import { helpCommand } from "../help.ts";
import { keyPositions } from "../key-positions.ts";

const status = (names: Iterable<string>): Reply => ({ kind: "set", members: [...names].map(simple) });

/** One command as COMMAND INFO describes it. */
function describe(command: Command): Reply {
  const [first, last, step] = typeof command.keys === "object" ? command.keys : [0, 0, 0];
  const isMovable = typeof command.keys === "function";
  const { name, arity, flags } = command;
  const categories = [...categoriesOf(command)].map((each) => `@${each}`);
  const told = flags.filter((flag) => flag !== "may_replicate");
  const shown = isMovable && !told.includes("movablekeys") ? [...told, "movablekeys"] : told;
  return [
    name,
    arity,
    status(shown),
    first,
    last,
    step,
    status(categories),
    [],
    [],
    (command.subcommands ?? []).map(describe),
  ];
}

function document(command: Command): Reply {
  const { summary, group, subcommands } = command;
  const pairs: Reply[] = ["summary", summary, "since", "1.0.0", "group", group, "complexity", ""];
  if (subcommands !== undefined)
    pairs.push("subcommands", map(subcommands.flatMap((each) => [each.name, document(each)])));
  return map(pairs);
}

function byName(commands: ReadonlyMap<string, Command>, name: string): Command | undefined {
  return findCommand(commands, name.split("|"));
}

function getKeys(commands: ReadonlyMap<string, Command>, args: readonly string[]): readonly string[] {
  const command = findCommand(commands, args);
  if (command === undefined) throw new CommandError("ERR Invalid command specified");
  if (arityProblem(command, args) !== undefined)
    throw new CommandError("ERR Invalid number of arguments specified for command");
  if (command.keys === undefined) throw new CommandError("ERR The command has no key arguments");
  return keyPositions(command.keys, args).map((position) => args[position] ?? "");
}

const sub = (name: string, arity: number, summary: string, run: Command["run"]): Command => ({
  name: `command|${name}`,
  arity,
  flags: ["loading", "stale"],
  categories: ["connection"],
  group: "server",
  summary,
  run,
});

const allNames = (commands: ReadonlyMap<string, Command>): readonly string[] => [...commands.keys()];

/** Those of the subcommands, too. */
const everyName = (commands: ReadonlyMap<string, Command>): readonly string[] =>
  [...commands.values()].flatMap(({ name, subcommands = [] }) => [name, ...subcommands.map((each) => each.name)]);

const subcommands: readonly Command[] = [
  sub("count", 2, "Counts the commands.", ({ server }) => server.commands.size),
  sub("info", -2, "Describes commands.", ({ server }, args) => {
    const names = args.length > 2 ? args.slice(2) : allNames(server.commands);
    return names.map((name) => {
      const command = byName(server.commands, name);
      return command === undefined ? null : describe(command);
    });
  }),
  sub("docs", -2, "Explains commands.", ({ server }, args) => {
    const names = args.length > 2 ? args.slice(2) : allNames(server.commands);
    const found = names.map((name) => byName(server.commands, name)).filter((each) => each !== undefined);
    return map(found.flatMap((command) => [command.name, document(command)]));
  }),
  sub("list", -2, "Names the commands.", ({ server }, args) => {
    const names = everyName(server.commands);
    if (args.length === 2) return names;
    const [, , filter = "", kind = "", value = ""] = args;
    if (args.length !== 5 || filter.toUpperCase() !== "FILTERBY") throw syntaxError();
    if (kind.toUpperCase() === "PATTERN") return names.filter((name) => matchesGlob(value, name, true));
    if (kind.toUpperCase() === "MODULE") return [];
    if (kind.toUpperCase() !== "ACLCAT") throw syntaxError();
    return [...server.commands.values()]
      .filter((each) => categoriesOf(each).has(value.toLowerCase()))
      .map(({ name }) => name);
  }),
  sub("getkeys", -4, "Returns the keys among arguments.", ({ server }, args) =>
    getKeys(server.commands, args.slice(2)),
  ),
  sub("getkeysandflags", -4, "Returns the keys among arguments, with how they are used.", ({ server }, args) => {
    const inner = args.slice(2);
    const isWrite = findCommand(server.commands, inner)?.flags.includes("write") === true;
    return getKeys(server.commands, inner).map(
      (key): Reply => [key, status(isWrite ? ["RW", "ACCESS", "UPDATE"] : ["RO", "ACCESS"])],
    );
  }),
  helpCommand("command", "server", [
    "(no subcommand)",
    "COUNT",
    "DOCS [<name> ...]",
    "GETKEYS <command>",
    "INFO [<name> ...]",
    "LIST",
  ]),
];

/** COMMAND. */
export const commandCommands: readonly Command[] = [
  {
    name: "command",
    arity: -1,
    flags: ["loading", "stale"],
    categories: ["connection"],
    group: "server",
    summary: "Describes all commands.",
    subcommands,
    run: ({ server }) => [...server.commands.values()].map(describe),
  },
];
