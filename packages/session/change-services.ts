import { type Emit, type Engine, type Environment, nothingObserved, type Observed, type Plan } from "@drydock/core";
import { planRestart, planStart, planStop } from "@drydock/planner";
import { notMade } from "./errors.ts";
import { execute, type StepFailure } from "./execute.ts";
import { requireServices } from "./require-services.ts";
import type { Session } from "./session.ts";

type Work = (session: Session, services: readonly string[], signal: AbortSignal) => Promise<void>;

type ServiceWork = (session: Session, services: readonly string[], emit: Emit, signal: AbortSignal) => Promise<void>;

/** After whatever else changes the stack; or `beside` it, where that only waits for these services. */
type Change = ServiceWork & { readonly beside: ServiceWork };

type Planner = (services: readonly string[], wanted: Environment, observed: Observed) => Plan;

/** Stops and starts services, those of them that are there, and waits until they are ready. @throws DevError NO_SUCH_SERVICE, or why one did not come up */
export const restartServices = change(planRestart);

/** The same, asked for by a person: each has to be there. @throws DevError NO_SUCH_SERVICE, NOT_MADE, or why one did not come up */
export const restartNamed = change(planRestart, requireMade);

/** Starts services that do not run, and waits until they are ready. @throws DevError NO_SUCH_SERVICE, NOT_MADE, or why one did not come up */
export const startServices = change(planStart, requireMade);

/** Stops services; one that is not there is stopped already. @throws DevError NO_SUCH_SERVICE */
export const stopServices = change((services, _wanted, observed) => planStop(services, observed));

/**
 * Restarts services for which files are on their way: they stop meanwhile, and start when the files have arrived. Where those do not arrive, what was there
 * before starts again. @throws DevError why the files did not arrive, or why one did not come up
 */
export async function restartWithFiles(
  session: Session,
  services: readonly string[],
  files: Promise<unknown>,
  signal: AbortSignal,
): Promise<void> {
  const arrived = files.catch(() => undefined);
  await session.exclusively(async () => {
    const { environment, engine } = session.stack;
    // What the watch has told is at hand; asking the engine would cost each save 50 ms.
    const observed: Observed = { ...nothingObserved, instances: session.board.all };
    const plan = planRestart(services, environment, observed);
    session.publish({ kind: "plan", at: session.clock.now(), plan });
    const apply: Engine["apply"] = async (step, context) => {
      if (step.kind === "start") await arrived;
      return engine.apply(step, context);
    };
    const context = { environment, emit: session.publish, signal };
    throwFirst((await execute(plan, { apply }, context, session.clock)).failures);
  });
  await files;
}

function throwFirst([first]: readonly StepFailure[]): void {
  if (first) throw first.error instanceof Error ? first.error : new Error(String(first.error));
}

/** Only `up` makes services: to do nothing without a word would look like success. */
function requireMade(services: readonly string[], { instances }: Observed): void {
  const missing = services.filter((name) => !instances.some((each) => each.service === name));
  if (missing.length > 0) throw notMade(missing);
}

function change(
  planner: Planner,
  require: (services: readonly string[], observed: Observed) => void = () => undefined,
): Change {
  const act: Work = async (session, services, signal) => {
    const { environment, engine } = session.stack;
    const observed = await session.observe(signal);
    requireServices(services, environment, observed);
    require(services, observed);
    const plan = planner(services, environment, observed);
    session.publish({ kind: "plan", at: session.clock.now(), plan });
    const context = { environment, emit: session.publish, signal };
    throwFirst((await execute(plan, session.waits.givingWay(engine), context, session.clock)).failures);
  };
  const inTurn: ServiceWork = (session, services, emit, signal) =>
    telling(session, emit, () => session.exclusively(() => act(session, services, signal)));
  const beside: ServiceWork = (session, services, emit, signal) =>
    telling(session, emit, () => act(session, services, signal));
  return Object.assign(inTurn, { beside });
}

/** Tells what happens while work is under way, but for lines of logs. */
async function telling(session: Session, emit: Emit, work: () => Promise<void>): Promise<void> {
  const unsubscribe = session.hub.subscribe((event) => {
    if (event.kind !== "log" && event.kind !== "usage") emit(event);
  });
  try {
    await work();
  } finally {
    unsubscribe();
  }
}
