import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Checkout, freePort } from "./fixtures/checkout.ts";
import { missingPrograms, processesLeft, reasonText } from "./fixtures/machine.ts";
import { plainProject } from "./fixtures/plain-project.ts";

const absence = missingPrograms("mongod");

describe.skipIf(absence !== undefined)(
  `a project with only a Compose file, on programs of this machine${reasonText(absence)}`,
  () => {
    let checkout: Checkout;

    beforeAll(async () => {
      const variables = { API_PORT: String(await freePort()), DOCKER_HOST: "unix:///nonexistent/docker.sock" };
      checkout = await Checkout.of(plainProject, variables);
    });

    afterAll(() => checkout?.remove());

    it("comes up without a line changed, and goes down without a trace", async () => {
      await checkout.devOk("up", "--detach");
      const response = await fetch(`http://127.0.0.1:${checkout.variables.API_PORT}/`);
      expect([response.status, await response.text()]).toEqual([200, "true"]);
      await checkout.devOk("down", "--volumes", "--yes");
      expect(await processesLeft(checkout.directory)).toEqual([]);
    });
  },
);
