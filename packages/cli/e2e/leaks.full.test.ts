import { execFileSync } from "node:child_process";
import { eventually } from "@drydock/testing";
import { describe, expect, it } from "vitest";
import { Checkout, readState } from "./fixtures/checkout.ts";
import { dockerAbsence, dockerThings, missingPrograms, processesLeft, reasonText } from "./fixtures/machine.ts";
import { orderIn } from "./fixtures/order-in.ts";

const engines = [
  { engine: "docker", cycles: 20, absence: dockerAbsence() },
  { engine: "programs", cycles: 5, absence: missingPrograms("mongod", "redis-server", "nginx", "npm") },
  { engine: "embedded", cycles: 20, absence: missingPrograms("npm") },
] as const;

for (const { engine, cycles, absence } of engines) {
  describe.skipIf(absence !== undefined)(
    `${cycles} cycles of up, kill -9 at a random moment, up, down on ${engine}${reasonText(absence)}`,
    () => {
      it("end with nothing left and the data whole", async () => {
        const checkout = await Checkout.ofStarter(`leaks-${engine}`, engine);
        try {
          await checkout.devOk("up", "--detach");
          const { id } = await orderIn(checkout);
          const { project } = await checkout.status();
          await checkout.devOk("down");
          for (let cycle = 1; cycle <= cycles; cycle++) {
            const killedAfterMs = await killWhileComingUp(checkout);
            await checkout.devOk("up", "--detach");
            const answer = await fetch(`${checkout.url}/api/orders/${id}`);
            expect(answer.status, `the order of cycle 0, in cycle ${cycle}`).toBe(200);
            await checkout.devOk("down");
            const left = engine === "docker" ? dockerThings(project, false) : [];
            expect(
              [...left, ...(await processesLeft(checkout.directory))],
              `cycle ${cycle}, killed after ${killedAfterMs} ms`,
            ).toEqual([]);
            process.stdout.write(`  ${engine}: cycle ${cycle} of ${cycles}, killed after ${killedAfterMs} ms\n`);
          }
        } finally {
          await checkout.remove();
        }
      });
    },
  );
}

/** Begins `up`, and kills the supervisor at a random moment of it. */
async function killWhileComingUp(checkout: Checkout): Promise<number> {
  const coming = checkout.dev("up", "--detach");
  const record = await eventually(async () => {
    const { supervisorPid } = JSON.parse(
      await readState(checkout, `projects/${checkout.variables.COMPOSE_PROJECT_NAME}/session.json`),
    ) as {
      readonly supervisorPid: number;
    };
    return isAlive(supervisorPid) ? supervisorPid : undefined;
  });
  const waitMs = Math.round(Math.random() * 5_000);
  await new Promise((resolve) => setTimeout(resolve, waitMs));
  process.kill(record, "SIGKILL");
  await coming;
  return waitMs;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return processesState(pid) !== "Z";
  } catch {
    return false;
  }
}

/** The state letter of a process (proc_pid_stat(5)); a zombie is over. */
function processesState(pid: number): string {
  return execFileSync("ps", ["-o", "state=", "-p", String(pid)], { encoding: "utf8" }).trim()[0] ?? "Z";
}
