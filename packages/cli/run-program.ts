import { CommanderError } from "commander";
import { buildProgram } from "./build-program.ts";
import type { CommandContext } from "./context.ts";
import { hasColour } from "./context.ts";
import { onePress } from "./one-press.ts";
import { formatError } from "./output/format-error.ts";
import { painter } from "./output/paint.ts";
import { version } from "./version.ts";

/** Runs the command that the arguments name and returns its exit code. Errors are printed here and nowhere else. */
export async function runProgram(argv: readonly string[]): Promise<number> {
  const abort = new AbortController();
  const handlers: (() => void)[] = [];
  let signalled = false;
  const interrupt = onePress(() => {
    const handler = handlers.at(-1);
    if (handler) return handler();
    // A second interrupt does not wait for anything.
    if (signalled) process.kill(process.pid, "SIGKILL");
    signalled = true;
    abort.abort();
  });
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, interrupt);
  // A reader that goes away, such as `head`, is no failure.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") abort.abort();
  });

  const context: CommandContext = {
    directory: process.cwd(),
    variables: Object.fromEntries(
      Object.entries(process.env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
    ),
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    program: { version, superviseArguments: [argv[1] ?? "", "__supervise"] },
    signal: abort.signal,
    onInterrupt(handler) {
      handlers.push(handler);
      return () => handlers.splice(handlers.indexOf(handler), 1);
    },
    onHangup(handler) {
      process.off("SIGHUP", interrupt);
      process.on("SIGHUP", handler);
    },
  };
  try {
    let exitCode = 0;
    await buildProgram(context, (code) => {
      exitCode = code;
    }).parseAsync(argv);
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (abort.signal.aborted) return 130;
    const isDebugging = argv.includes("--debug");
    const formatted = formatError(error, painter(hasColour(context, process.stderr)), {
      isDebugging,
      directory: context.directory,
    });
    process.stderr.write(formatted.text);
    return formatted.exitCode;
  }
}
