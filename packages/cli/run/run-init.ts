import { cp, mkdir, readdir, rename, stat } from "node:fs/promises";
import { basename, join, relative, resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import { fileURLToPath } from "node:url";
import { DevError } from "@drydock/core";
import { writeContainerFor } from "@drydock/session";
import { type CommandContext, isInteractive } from "../context.ts";

/** What `dev init` was asked for. */
export interface InitFlags {
  readonly template: string;
  readonly dryRun?: true;
  readonly yes?: true;
}

// npm leaves `.gitignore` out of packages, so templates carry it under another name.
const renamed = new Map([["gitignore", ".gitignore"]]);

// Any of them is a stack (compose-go, cli/options.go, DefaultFileNames).
const composeFiles = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];

/**
 * Copies a template into a folder, file by file, keeping every file that exists; a folder that has a stack gets a dev container for it. Returns the
 * exit code. @throws DevError NO_SUCH_TEMPLATE, INIT_CLASH, BAD_CONFIGURATION
 */
export async function runInit(context: CommandContext, folder: string, flags: InitFlags): Promise<number> {
  const templates = fileURLToPath(new URL("./templates", import.meta.url));
  const source = join(templates, basename(flags.template));
  const names = (await readdir(templates, { withFileTypes: true }).catch(() => []))
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  if (!names.includes(flags.template)) throw noSuchTemplate(flags.template, names);

  const target = resolve(context.directory, folder);
  const files = await listFiles(source);
  const planned = files.map((file) => ({ from: join(source, file), to: targetPath(target, file) }));
  const existing = await filterAsync(planned, ({ to }) => exists(to));
  const added = await addDevContainer(context, target, flags.dryRun ?? false);
  if (added) return 0;
  const [composeFile] = await filterAsync(composeFiles, (name) => exists(join(target, name)));
  if (composeFile) throw alreadyAStack(relative(context.directory, join(target, composeFile)));
  const writes = planned.filter((each) => !existing.includes(each));

  if (flags.dryRun) {
    for (const { to } of writes) context.stdout.write(`write ${relative(context.directory, to)}\n`);
    for (const { to } of existing) context.stdout.write(`keep  ${relative(context.directory, to)}\n`);
    return 0;
  }
  if (
    existing.length > 0 &&
    !flags.yes &&
    !(await mayMix(
      context,
      existing.map(({ to }) => relative(context.directory, to)),
    ))
  )
    return 1;
  for (const { from, to } of writes) await writeWhole(from, to);
  const where = relative(context.directory, target);
  for (const { to } of existing) context.stdout.write(`kept ${relative(context.directory, to)}\n`);
  context.stdout.write(
    `Wrote ${writes.length} files${where ? ` to ${where}` : ""}. Next: ${where ? `cd ${where} && ` : ""}npx dev up\n`,
  );
  return 0;
}

/** A stack that is there is left as it is; what it may lack is a dev container. False: it has one, or there is no stack. */
async function addDevContainer(context: CommandContext, directory: string, dryRun: boolean): Promise<boolean> {
  const { variables } = context;
  const source = { directory, files: [], envFiles: [], profiles: [], variables: withoutComposeFile(variables) };
  const written = await writeContainerFor(source, { dryRun });
  if (!written) return false;
  const file = relative(context.directory, written.file);
  const ports = written.ports.map(({ port, label }) => `${port} (${label})`).join(", ");
  const forwarded = ports === "" ? "It forwards no ports: the stack publishes none." : `It forwards ${ports}.`;
  context.stdout.write(
    dryRun
      ? `write ${file}\n`
      : `The stack that is here stays as it is. Wrote ${file}. ${forwarded}\nNext: npx dev up, or npx dev container up\n`,
  );
  return true;
}

/** The stack of the folder is meant, not one that a variable names. */
function withoutComposeFile({ COMPOSE_FILE: _, ...variables }: Readonly<Record<string, string>>) {
  return variables;
}

async function listFiles(directory: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)))
    .filter((file) => !/(^|\/)(node_modules|\.dev)\//.test(file))
    .sort();
}

function targetPath(target: string, file: string): string {
  const name = basename(file);
  return join(target, file.slice(0, file.length - name.length), renamed.get(name) ?? name);
}

/** A file appears whole or not at all. */
async function writeWhole(from: string, to: string): Promise<void> {
  await mkdir(join(to, ".."), { recursive: true });
  const temporary = `${to}.${process.pid}.tmp`;
  await cp(from, temporary);
  await rename(temporary, to);
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function filterAsync<T>(items: readonly T[], test: (item: T) => Promise<boolean>): Promise<readonly T[]> {
  const verdicts = await Promise.all(items.map(test));
  return items.filter((_, index) => verdicts[index]);
}

async function mayMix(context: CommandContext, kept: readonly string[]): Promise<boolean> {
  if (!isInteractive(context))
    throw new DevError("INIT_CLASH", "Some of the template's files exist here already.", {
      evidence: kept,
      exitCode: 2,
      hint: "`dev init --yes` keeps them and writes the others; `dev init FOLDER` starts in a new folder.",
    });
  context.stdout.write(`These files exist and will be kept:\n${kept.map((file) => `  ${file}\n`).join("")}`);
  const question = createInterface({ input: context.stdin, output: context.stdout });
  try {
    return /^y(es)?$/i.test(
      (await question.question("Write the others beside them? [y/N] ", { signal: context.signal })).trim(),
    );
  } finally {
    question.close();
  }
}

const noSuchTemplate = (name: string, known: readonly string[]) =>
  new DevError("NO_SUCH_TEMPLATE", `There is no template "${name}".`, {
    exitCode: 3,
    hint: `The templates are ${known.join(", ")}.`,
  });

const alreadyAStack = (file: string) =>
  new DevError("INIT_CLASH", `There is a stack here already: ${file}.`, {
    exitCode: 2,
    hint: "`dev up` runs it as it is. `dev init FOLDER` puts a new one into a folder of its own.",
  });
