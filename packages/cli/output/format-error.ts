import { relative } from "node:path";
import { DevError, type Problem } from "@drydock/core";
import type { Paint } from "./paint.ts";
import { systemFault } from "./system-fault.ts";

/** An error as a person reads it, and the exit code that goes with it. */
export interface FormattedError {
  readonly text: string;
  readonly exitCode: number;
}

/** What happened, the evidence, what to do. A bug of ours gets an apology; its stack only when debugging. */
export function formatError(
  thrown: unknown,
  paint: Paint,
  options: { readonly isDebugging: boolean; readonly directory: string },
): FormattedError {
  const error = systemFault(thrown) ?? thrown;
  const stack = options.isDebugging ? stackText(error) : "";
  if (!(error instanceof DevError)) {
    const message = error instanceof Error ? error.message : String(error);
    const hint = options.isDebugging ? "" : " Run it again with --debug for the stack.";
    return {
      text: `${paint("red", "This is a bug in drydock, sorry:")} ${message}\n  Please report it, with the output of \`dev doctor\`.${hint}\n${stack}`,
      exitCode: 1,
    };
  }
  const problems = error.problems.map((problem) => formatProblem(problem, paint, options.directory));
  const evidence = error.evidence.map((line) => `  ${line}\n`).join("");
  const hint = error.hint ? `${problems.length > 0 ? "\n" : ""}${error.hint}\n` : "";
  const message = shorten(error.message, options.directory);
  const head = `${paint("red", message)}\n`;
  return { text: `${head}${evidence}${problems.join("")}${hint}${stack}`, exitCode: error.exitCode };
}

/** Where it was thrown, and what it was made of: the cause is what a person looks for. */
function stackText(error: unknown): string {
  if (!(error instanceof Error)) return "";
  const cause = stackText(error.cause);
  return `\n${error.stack}\n${cause === "" ? "" : `\nCaused by:${cause}`}`;
}

function formatProblem(problem: Problem, paint: Paint, directory: string): string {
  const file = relative(directory, problem.file) || problem.file;
  const place = problem.line > 0 ? `${file}:${problem.line}:${problem.column}` : file;
  const head = `\n  ${paint("bold", place)}  ${problem.message}\n`;
  if (problem.excerpt === undefined) return problem.hint ? `${head}     ${problem.hint}\n` : head;
  const gutter = `${problem.line}`.padStart(5);
  const { text, before } = window(problem.excerpt, problem.column);
  const caret = paint("red", "^".repeat(Math.max(1, Math.min(problem.length, text.length - before))));
  return `${head}  ${paint("dim", `${gutter} |`)} ${text}\n        ${paint("dim", "|")} ${" ".repeat(before)}${caret}${problem.hint ? ` ${problem.hint}` : ""}\n`;
}

/** The part of a long line around a column, and how many characters of it are before that column. */
function window(line: string, column: number): { readonly text: string; readonly before: number } {
  const printable = line.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "\ufffd").replace(/\t/g, " ");
  const start = Math.max(0, column - 60);
  return { text: printable.slice(start, start + 110), before: Math.max(0, column - 1 - start) };
}

/** Paths in a headline are shown from where the person stands. */
function shorten(message: string, directory: string): string {
  return message.replaceAll(`${directory}/`, "");
}
