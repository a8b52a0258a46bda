import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { awaitedPassphrase, type StackSource } from "@drydock/session";
import { type CommandContext, isInteractive } from "./context.ts";

/** Asks a person on the terminal, without showing what is typed. The question goes to stderr: stdout may be a document. */
export async function askPassphrase(context: CommandContext, question: string): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: context.stdin, output: silent, terminal: true });
  context.stderr.write(question);
  try {
    // While a line is read, the terminal hands Ctrl-C to whoever reads it; the signal then ends the question.
    lines.once("SIGINT", () => process.kill(process.pid, "SIGINT"));
    return await lines.question("", { signal: context.signal });
  } finally {
    lines.close();
    context.stderr.write("\n");
  }
}

/**
 * The same stack with the passphrase of the authority's key, asked for on a terminal where signing needs it now: for `isForced`, or because the certificate is due.
 * Elsewhere nothing is asked: whoever signs says what to do.
 */
export async function withPassphrase(
  context: CommandContext,
  source: StackSource,
  isForced: boolean,
): Promise<StackSource> {
  if (!isInteractive(context)) return source;
  const key = await awaitedPassphrase(source, isForced);
  if (key === undefined) return source;
  const passphrase = await askPassphrase(context, `Passphrase of the authority's key ${key}: `);
  return passphrase === "" ? source : withVariable(source, "DRYDOCK_CA_PASSPHRASE", passphrase);
}

/** The same stack with one more variable of the caller's. */
export const withVariable = (source: StackSource, name: string, value: string | undefined): StackSource =>
  value === undefined ? source : { ...source, variables: { ...source.variables, [name]: value } };
