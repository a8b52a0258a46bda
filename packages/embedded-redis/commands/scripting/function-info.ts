import { map, ok, type Reply } from "../../resp/reply.ts";
import type { FunctionLibrary, RegisteredFunction } from "../../scripting/function-library.ts";
import { matchesGlob } from "../../server/glob.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";

const describeFunction = ({ name, description, flags }: RegisteredFunction): Reply =>
  map(["name", name, "description", description, "flags", { kind: "set", members: flags }]);

const describeLibrary = ({ name, code, functions }: FunctionLibrary, withCode: boolean): Reply =>
  map([
    "library_name",
    name,
    "engine",
    "LUA",
    "functions",
    [...functions.values()].map(describeFunction),
    ...(withCode ? ["library_code", code] : []),
  ]);

const list: Command = {
  name: "function|list",
  arity: -2,
  flags: ["noscript"],
  group: "scripting",
  summary: "Describes the libraries.",
  run({ server: { scripting } }, args) {
    let withCode = false;
    let pattern = "*";
    for (let at = 2; at < args.length; at++) {
      const option = (args[at] ?? "").toLowerCase();
      if (option === "withcode") withCode = true;
      else if (option === "libraryname") {
        at++;
        if (at === args.length) throw new CommandError("ERR library name argument was not given");
        pattern = args[at] ?? "";
      } else throw new CommandError(`ERR Unknown argument ${args[at]}`);
    }
    const shown = scripting.libraries.all.filter(({ name }) => matchesGlob(pattern, name));
    return shown.map((library) => describeLibrary(library, withCode));
  },
};

const stats: Command = {
  name: "function|stats",
  arity: 2,
  flags: ["noscript", "allow_busy"],
  group: "scripting",
  summary: "Tells what runs, and how many libraries and functions there are.",
  run({ server: { scripting } }) {
    const { running, libraries } = scripting;
    const counts = map(["libraries_count", libraries.all.length, "functions_count", libraries.functionCount]);
    const runningScript: Reply =
      running === undefined
        ? null
        : map([
            "name",
            running.name,
            "command",
            running.command,
            "duration_ms",
            Math.round(performance.now() - running.startedAt),
          ]);
    return map(["running_script", runningScript, "engines", map(["LUA", counts])]);
  },
};

const kill: Command = {
  name: "function|kill",
  arity: 2,
  flags: ["noscript", "allow_busy"],
  group: "scripting",
  summary: "Ends the function that runs.",
  run: ({ server: { scripting } }) => scripting.kill("function") ?? ok,
};

/** The subcommands of FUNCTION that tell, and KILL. */
export const functionInfo: readonly Command[] = [list, stats, kill];
