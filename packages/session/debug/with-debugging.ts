import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { debugVariable, type Service } from "@drydock/core";
import writeFileAtomic from "write-file-atomic";
import { loadStack } from "../load-stack.ts";
import type { StateFolder } from "../state-folder.ts";
import type { StackSource } from "../supervisor.ts";
import { type DebugEntry, debugBook } from "./debug-book.ts";
import { hookInContainer, hookWords, inspectHook, portInContainer } from "./inspect-hook.ts";

/**
 * The source with a Compose file more, where services are debugged: it lets their Node programs load the hook. So both engines, Compose and every
 * later reload know of it, and the user's own files stay as they are. @throws DevError BAD_CONFIGURATION
 */
export function withDebugging(source: StackSource, folder: StateFolder, services: readonly string[]): StackSource {
  const entries = Object.entries(debugBook(folder).read());
  // What comes by standard input can be read once.
  if (entries.length === 0 || source.files.includes("-")) return source;
  const { environment } = loadStack(source, services);
  const changes = entries.flatMap(([name, entry]) => {
    const service = environment.services.find((each) => each.name === name);
    return service ? [[name, changeOf(service, entry, folder)] as const] : [];
  });
  if (changes.length === 0) return source;
  const place = placeOf(folder);
  mkdirSync(place, { recursive: true });
  writeFileAtomic.sync(hookOf(folder), inspectHook);
  const file = join(place, "compose.debug.yml");
  // JSON is YAML too (yaml.org/spec/1.2.2, section 1.3); a dollar sign would be a variable.
  const text = JSON.stringify({ services: Object.fromEntries(changes) }, undefined, 2).replaceAll("$", "$$$$");
  writeFileAtomic.sync(file, `${text}\n`);
  return { ...source, files: [...environment.files, file] };
}

const placeOf = ({ directory }: StateFolder): string => join(directory, "debug");
const hookOf = (folder: StateFolder): string => join(placeOf(folder), "inspect.cjs");

function changeOf(service: Service, { engine, port, replicas, waits }: DebugEntry, folder: StateFolder): object {
  const isContainer = engine === "docker";
  const hook = isContainer ? hookInContainer : hookOf(folder);
  const own = service.environment.NODE_OPTIONS;
  const words = isContainer ? hookWords(portInContainer, 1, waits) : hookWords(port, replicas, waits);
  const environment = {
    // nodejs.org/api/cli.html, NODE_OPTIONS: a value with spaces stands in double quotes.
    NODE_OPTIONS: `${own === undefined ? "" : `${own} `}--require "${hook.replaceAll("\\", "\\\\")}"`,
    [debugVariable]: words,
  };
  const mount = { type: "bind", source: hookOf(folder), target: hookInContainer, read_only: true };
  return isContainer ? { environment, volumes: [mount] } : { environment };
}
