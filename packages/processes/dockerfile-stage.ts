import { posix, resolve } from "node:path";
import { execForm, type Instruction, parseDockerfile, splitWords } from "./dockerfile.ts";
import { mapPath, type PathMapping } from "./map-paths.ts";

/** What the last stage of a Dockerfile, or its target, makes of a container: with all that it inherits from earlier stages. */
export interface BuiltImage {
  /** The image of another place that it ends in: `node:24-slim`. */
  readonly base: string;
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  /** In the container; `/` where nothing is said. */
  readonly workingDirectory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly exposed: readonly number[];
  /** The text after HEALTHCHECK. */
  readonly healthCheck?: string;
  /** Where what was copied from the build context lies on this machine. */
  readonly copies: readonly PathMapping[];
}

interface Stage extends BuiltImage {
  readonly name: string | undefined;
}

const nothing = { workingDirectory: "/", environment: {}, exposed: [], copies: [] };

/**
 * Reads a Dockerfile as far as it says how its container runs. `context` is the absolute folder of the build; `target` is a
 * stage's name or number; `build arguments` win over the defaults of ARG.
 */
export function readBuiltImage(
  text: string,
  context: string,
  target: string | undefined,
  buildArguments: Readonly<Record<string, string>>,
): BuiltImage | undefined {
  const stages: Stage[] = [];
  const variables: Record<string, string> = {};
  for (const instruction of parseDockerfile(text)) {
    if (instruction.name === "ARG") addArgument(variables, instruction.text, buildArguments);
    else if (instruction.name === "FROM") stages.push(beginStage(expand(instruction.text, variables), stages));
    else {
      const stage = stages.pop();
      if (stage) stages.push(applyInstruction(stage, instruction, variables, stages, context));
    }
  }
  return target === undefined ? stages.at(-1) : (findStage(stages, target) ?? stages.at(-1));
}

function beginStage(text: string, stages: readonly Stage[]): Stage {
  const [base = "", as, name] = splitWords(text).filter((word) => !word.startsWith("--"));
  const parent = findStage(stages, base);
  return { ...(parent ?? { ...nothing, base }), name: as?.toUpperCase() === "AS" ? name : undefined };
}

function findStage(stages: readonly Stage[], name: string): Stage | undefined {
  const found = stages.find((stage) => stage.name?.toLowerCase() === name.toLowerCase());
  return found ?? (/^\d+$/.test(name) ? stages[Number(name)] : undefined);
}

function applyInstruction(
  stage: Stage,
  { name, text }: Instruction,
  args: Readonly<Record<string, string>>,
  stages: readonly Stage[],
  context: string,
): Stage {
  const expanded = () => expand(text, { ...args, ...stage.environment });
  switch (name) {
    case "WORKDIR":
      return { ...stage, workingDirectory: posix.resolve(stage.workingDirectory, expanded()) };
    case "ENV":
      return { ...stage, environment: { ...stage.environment, ...parseEnv(expanded()) } };
    case "EXPOSE":
      return { ...stage, exposed: [...stage.exposed, ...parseExpose(expanded())] };
    case "ENTRYPOINT":
      // An ENTRYPOINT drops the CMD of the base image (Dockerfile reference, "Understand how CMD and ENTRYPOINT interact").
      return { ...withoutCommand(stage), entrypoint: execForm(text) ?? ["/bin/sh", "-c", text] };
    case "CMD":
      return { ...stage, command: execForm(text) ?? ["/bin/sh", "-c", text] };
    case "HEALTHCHECK":
      return { ...stage, healthCheck: text };
    case "COPY":
    case "ADD":
      return { ...stage, copies: [...stage.copies, ...parseCopy(stage, expanded(), stages, context)] };
    default:
      return stage;
  }
}

function withoutCommand({ command: _, ...stage }: Stage): Stage {
  return stage;
}

/** `COPY [--from=stage] source... target`: a folder's content goes into the target, a file into a target that ends in a slash. */
function parseCopy(stage: Stage, text: string, stages: readonly Stage[], context: string): readonly PathMapping[] {
  const all = execForm(text) ?? splitWords(text);
  const from = all.find((word) => word.startsWith("--from="))?.slice("--from=".length);
  const words = all.filter((word) => !word.startsWith("--"));
  const destination = words.at(-1);
  const sources = words.slice(0, -1);
  const origin = from === undefined ? undefined : findStage(stages, from);
  if (destination === undefined || (from !== undefined && !origin)) return [];
  const target = posix.resolve(stage.workingDirectory, destination);
  const isFolder = destination.endsWith("/") || destination === "." || sources.length > 1;
  return sources.flatMap((source) => {
    const host = origin ? mapPath(posix.resolve("/", source), origin.copies) : resolve(context, `./${source}`);
    if (host === undefined || /[*?]/.test(source)) return [];
    // Without looking at the disk: a name with a dot inside is a file, which keeps its name in a folder.
    const isFile = /[^/.]\.[^/]+$/.test(source);
    return [{ target: isFolder && isFile ? posix.join(target, posix.basename(source)) : target, source: host }];
  });
}

function parseEnv(text: string): Readonly<Record<string, string>> {
  const words = splitWords(text);
  if (words[0]?.includes("=") === false) return { [words[0]]: text.slice(text.indexOf(" ") + 1).trim() };
  return Object.fromEntries(words.map((word) => [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)]));
}

function parseExpose(text: string): readonly number[] {
  return splitWords(text)
    .filter((word) => !word.endsWith("/udp"))
    .map((word) => Number.parseInt(word, 10))
    .filter((port) => port > 0 && port < 65_536);
}

function addArgument(variables: Record<string, string>, text: string, given: Readonly<Record<string, string>>): void {
  for (const word of splitWords(text)) {
    const [name = "", ...rest] = word.split("=");
    const value = given[name] ?? (rest.length > 0 ? expand(rest.join("="), variables) : variables[name]);
    if (value !== undefined) variables[name] = value;
  }
}

/** `$A`, `${A}`, `${A:-default}` and `${A:+other}` (Dockerfile reference, "Environment replacement"). */
function expand(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replace(
    /\\\$|\$(?:\{(\w+)(?:(:[-+])([^}]*))?\}|(\w+))/g,
    (whole, braced?: string, operator?: string, word?: string, plain?: string) => {
      if (whole === "\\$") return "$";
      const value = variables[braced ?? plain ?? ""] ?? "";
      if (operator === ":-") return value === "" ? (word ?? "") : value;
      if (operator === ":+") return value === "" ? "" : (word ?? "");
      return value;
    },
  );
}
