import { dumpLibraries, restoreLibraries } from "../../persistence/dump-payload.ts";
import { ok } from "../../resp/reply.ts";
import type { FunctionLibrary } from "../../scripting/function-library.ts";
import type { CommandContext } from "../../server/command-context.ts";
import type { Command } from "../command.ts";
import { CommandError } from "../command-error.ts";
import { ContextCalls } from "./context-calls.ts";

/** Loads a library's code beside the others, or in place of the one with its name. @throws CommandError */
function load(context: CommandContext, code: string, isReplacing: boolean): FunctionLibrary {
  const { scripting } = context.server;
  const library = scripting.loadLibrary(code, new ContextCalls(context, false));
  if ("problem" in library) throw new CommandError(library.problem);
  const existing = scripting.libraries.get(library.name);
  const clash = scripting.libraries.clashWith(library);
  if ((existing !== undefined && !isReplacing) || clash !== undefined) {
    scripting.discard(library);
    throw new CommandError(
      clash === undefined ? `ERR Library '${library.name}' already exists` : `ERR Function ${clash} already exists`,
    );
  }
  if (existing !== undefined) scripting.discard(existing);
  scripting.libraries.put(library);
  context.server.changes++;
  return library;
}

const loadCommand: Command = {
  name: "function|load",
  arity: -3,
  flags: ["write", "denyoom", "noscript"],
  group: "scripting",
  summary: "Loads a library of functions.",
  run(context, args) {
    const options = args.slice(2, -1);
    const unknown = options.find((option) => option.toLowerCase() !== "replace");
    if (unknown !== undefined) throw new CommandError(`ERR Unknown option given: ${unknown}`);
    return load(context, args.at(-1) ?? "", options.length > 0).name;
  },
};

function forget(context: CommandContext, library: FunctionLibrary): void {
  context.server.scripting.libraries.delete(library.name);
  context.server.scripting.discard(library);
  context.server.changes++;
}

const deleteCommand: Command = {
  name: "function|delete",
  arity: 3,
  flags: ["write", "noscript"],
  group: "scripting",
  summary: "Removes a library and its functions.",
  run(context, args) {
    const library = context.server.scripting.libraries.get(args[2] ?? "");
    if (library === undefined) throw new CommandError("ERR Library not found");
    forget(context, library);
    return ok;
  },
};

const flush: Command = {
  name: "function|flush",
  arity: -2,
  flags: ["write", "noscript"],
  group: "scripting",
  summary: "Removes all libraries.",
  run(context, args) {
    if (args.length > 3 || (args.length === 3 && !/^a?sync$/i.test(args[2] ?? ""))) {
      throw new CommandError("ERR FUNCTION FLUSH only supports SYNC|ASYNC option");
    }
    for (const library of context.server.scripting.libraries.all) forget(context, library);
    context.server.changes++;
    return ok;
  },
};

const dump: Command = {
  name: "function|dump",
  arity: 2,
  flags: ["noscript"],
  group: "scripting",
  summary: "Returns all libraries as one payload.",
  run: ({ server: { scripting } }) => dumpLibraries(scripting.libraries.all.map(({ code }) => code)),
};

const restore: Command = {
  name: "function|restore",
  arity: -3,
  flags: ["write", "denyoom", "noscript"],
  group: "scripting",
  summary: "Loads the libraries of a payload.",
  run(context, args) {
    const policy = (args[3] ?? "append").toLowerCase();
    if (args.length > 4 || !["append", "replace", "flush"].includes(policy)) {
      throw new CommandError("ERR Wrong restore policy given, value should be either FLUSH, APPEND or REPLACE.");
    }
    const codes = restoreLibraries(args[2] ?? "");
    if (codes === undefined) throw new CommandError("ERR DUMP payload version or checksum are wrong");
    const before = context.server.scripting.libraries.all;
    if (policy === "flush") for (const library of before) forget(context, library);
    try {
      for (const code of codes) load(context, code, policy === "replace");
    } catch (error) {
      // All or nothing: back to the libraries that there were.
      for (const library of context.server.scripting.libraries.all) forget(context, library);
      for (const { code } of before) load(context, code, true);
      throw error;
    }
    return ok;
  },
};

/** The subcommands of FUNCTION that change libraries, or carry them elsewhere. */
export const functionLoading: readonly Command[] = [loadCommand, deleteCommand, flush, dump, restore];
