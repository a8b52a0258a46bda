import { DevError } from "@drydock/core";

/** Builds NO_DATABASES (exit 2). */
export const noTestDatabases = () =>
  new DevError("NO_DATABASES", "This stack has no MongoDB and no Redis, so there is nothing to test against.", {
    exitCode: 2,
    hint: "Databases are services with the official images of mongo, redis or valkey.",
  });

/** Builds TEST_STACK_FAILED (exit 1) from the failures of several services; a single one speaks for itself. */
export const testStackFailed = (failures: readonly { readonly name: string; readonly message: string }[]) =>
  new DevError("TEST_STACK_FAILED", `The databases of the test did not come up: ${failures[0]?.message ?? ""}`, {
    evidence: failures.slice(1).map(({ name, message }) => `${name}: ${message}`),
    hint: "Nothing was run, and nothing of them is left.",
  });

/** Builds NO_TEMPLATE (exit 1): the data was made, and there is no snapshot of it. */
export const noTemplate = (dataset: string) =>
  new DevError("NO_TEMPLATE", `"${dataset}" was made, and no snapshot of it could be kept.`, {
    hint: "Its keys may live for so short a time that a copy is of no use; `dev test --dataset` says more.",
  });
