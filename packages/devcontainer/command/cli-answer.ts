import type { CliFailure } from "../errors.ts";

/** What the CLI answers: a success with its fields, or a failure. */
export type CliAnswer =
  | { readonly outcome: "success"; readonly fields: Readonly<Record<string, unknown>> }
  | { readonly outcome: "failure"; readonly failure: CliFailure };

/** Reads the one JSON document that the CLI writes to standard output; anything else is a failure that says what was written. */
export function readAnswer(stdout: string, exitCode: number | undefined): CliAnswer {
  const last = stdout.trim().split("\n").at(-1) ?? "";
  let fields: Readonly<Record<string, unknown>>;
  try {
    fields = JSON.parse(last) as Readonly<Record<string, unknown>>;
  } catch {
    const message = last === "" ? `the dev containers CLI ended with code ${exitCode} and said nothing` : last;
    return { outcome: "failure", failure: { message, description: "" } };
  }
  if (fields.outcome === "success") return { outcome: "success", fields };
  const { containerId } = fields;
  return {
    outcome: "failure",
    failure: {
      message: String(fields.message ?? "it did not say why"),
      description: String(fields.description ?? ""),
      ...(typeof containerId === "string" ? { containerId } : {}),
    },
  };
}
