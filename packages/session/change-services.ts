import { DevError, type Emit, type Environment, type Observed, type Plan } from "@drydock/core";
import { planRestart, planStart, planStop } from "@drydock/planner";
import { execute } from "./execute.ts";
import { requireServices } from "./require-services.ts";
import type { Session } from "./session.ts";

type Planner = (services: readonly string[], wanted: Environment, observed: Observed) => Plan;

/** Stops and starts services, and waits until they are ready. @throws DevError NO_SUCH_SERVICE, or why one did not come up */
export const restartServices = change(planRestart);

/** Starts services that do not run, and waits until they are ready. @throws DevError NO_SUCH_SERVICE, or why one did not come up */
export const startServices = change(planStart);

/** Stops services. @throws DevError NO_SUCH_SERVICE */
export const stopServices = change((services, _wanted, observed) => planStop(services, observed));

function change(planner: Planner) {
  return async (session: Session, services: readonly string[], emit: Emit, signal: AbortSignal): Promise<void> => {
    const unsubscribe = session.hub.subscribe((event) => {
      if (event.kind !== "log" && event.kind !== "usage") emit(event);
    });
    try {
      await session.exclusively(async () => {
        const { environment, engine } = session.stack;
        const observed = await session.observe(signal);
        requireServices(services, environment, observed);
        const plan = planner(services, environment, observed);
        session.publish({ kind: "plan", at: session.clock.now(), plan });
        const context = { environment, emit: session.publish, signal };
        const { failures } = await execute(plan, engine, context, session.clock);
        const [first] = failures;
        if (first)
          throw first.error instanceof DevError || first.error instanceof Error
            ? first.error
            : new Error(String(first.error));
      });
    } finally {
      unsubscribe();
    }
  };
}
