import { eventually } from "@drydock/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Checkout, freePort, run } from "./fixtures/checkout.ts";
import { dockerAbsence, dockerThings, reasonText } from "./fixtures/machine.ts";
import { plainProject } from "./fixtures/plain-project.ts";

const absence = dockerAbsence();

describe.skipIf(absence !== undefined)(
  `a project with only a Compose file, on a Docker engine${reasonText(absence)}`,
  () => {
    let checkout: Checkout;
    let other: Checkout;
    let secondProject = "";
    const name = `e2e-plain-${process.pid}`;

    beforeAll(async () => {
      const files = { ...plainProject, "docker-compose.yml": `name: ${name}\n${plainProject["docker-compose.yml"]}` };
      checkout = await Checkout.of(files, { API_PORT: String(await freePort()) });
      other = await Checkout.of(files, { API_PORT: checkout.variables.API_PORT ?? "" });
    });

    afterAll(async () => {
      await checkout?.remove();
      // Compose, told the folder, does not know the name that the second project was given.
      if (secondProject) await run("docker", ["image", "rm", `${secondProject}-api`], other.directory, other.variables);
      await other?.remove();
    });

    it("comes up without a line changed", async () => {
      await checkout.devOk("up", "--detach");
      const response = await eventually(() => fetch(`http://127.0.0.1:${checkout.variables.API_PORT}/`));
      expect([response.status, await response.text()]).toEqual([200, "true"]);
    });

    it("runs beside a second checkout of the same project, under another name and on another port", async () => {
      const { stdout } = await other.devOk("up", "--detach");
      const [first, second] = [await checkout.status(), await other.status()];
      secondProject = second.project;
      expect(first.project).toBe(name);
      expect(second.project).toMatch(new RegExp(`^${name}-[0-9a-f]{6}$`));
      expect(second.url).not.toBe(first.url);
      expect(stdout).toContain(String(second.url));
      const plainUrl = second.services.flatMap(({ urls }) => urls).find((each) => each.startsWith("http:"));
      expect(await (await fetch(String(plainUrl))).text()).toBe("true");
      await other.devOk("down", "--volumes", "--yes");
      expect(dockerThings(second.project)).toEqual([]);
      expect((await checkout.status()).services.every((service) => service.state === "ready")).toBe(true);
      await checkout.devOk("down", "--volumes", "--yes");
      expect(dockerThings(name)).toEqual([]);
    });
  },
);
