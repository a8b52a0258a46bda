import { afterEach, describe, expect, it } from "vitest";
import type { Checkout } from "./fixtures/checkout.ts";
import { engineVariables } from "./fixtures/checkout.ts";
import { type Debugged, debuggedProject, debugSaveAndEnd, listening } from "./fixtures/debugging.ts";
import { dockerAbsence, reasonText } from "./fixtures/machine.ts";

let checkout: Checkout | undefined;
afterEach(() => checkout?.remove());

const absence = dockerAbsence();

describe.skipIf(absence !== undefined)(`a debugger reaches into a container${reasonText(absence)}`, () => {
  it("finds the program, also after it was saved, with the container's folder beside ours", async () => {
    checkout = await debuggedProject(engineVariables("docker"));
    await checkout.devOk("up", "--detach");
    await debugSaveAndEnd(checkout, { localRoot: "${workspaceFolder}/app", remoteRoot: "/app" });
  });
});

it("a debugger finds the program that npm starts, also after it was saved, and nobody when it is over", async () => {
  checkout = await debuggedProject(engineVariables("programs"));
  await checkout.devOk("up", "--detach");
  await debugSaveAndEnd(checkout, undefined);
  const unknown = await checkout.dev("debug", "apy");
  expect(unknown).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('"api"') });
});

it("a program waits for its debugger with --break, and the stack goes down while it waits", async () => {
  checkout = await debuggedProject(engineVariables("programs"));
  await checkout.devOk("up", "--detach");
  const waiting = await checkout.devOk("debug", "api", "--break", "--json");
  const { waits, inspectors } = JSON.parse(waiting.stdout) as Debugged & { readonly waits: boolean };
  expect(waits).toBe(true);
  const port = inspectors[0]?.port ?? 0;
  expect(await listening(port)).toBeDefined();
  await checkout.devOk("down");
  expect(await listening(port)).toBeUndefined();
});
