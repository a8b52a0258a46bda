import type { Emit, NoticeEvent } from "@drydock/core";
import { planRestart, planStart, planStop } from "@drydock/planner";
import { restartNamed, startServices, stopServices } from "./change-services.ts";
import { execute } from "./execute.ts";
import type { Session } from "./session.ts";

/** What a person asks of services that are there. */
type Change = "restart" | "stop" | "start";

const inTurn = { restart: restartNamed, stop: stopServices, start: startServices };

/**
 * Restarts, stops or starts services for a person: at once, where all that is done with them is to wait until they are ready, such as by `up`. Else
 * after whatever changes the stack; that it is waited for, and why that takes long, is told.
 * @throws DevError NO_SUCH_SERVICE, NOT_MADE, or why one did not come up
 */
export async function changeForPerson(
  session: Session,
  change: Change,
  services: readonly string[],
  emit: Emit,
  signal: AbortSignal,
): Promise<void> {
  if (session.waits.canCutIn(services))
    return session.waits.cutIn(services, () => changeBeside(session, change, services, emit, signal));
  if (session.waits.services.length > 0) emit(waitingNotice(session, change, services));
  return inTurn[change](session, services, emit, signal);
}

/** Beside what waits for these services, and touches nothing else. */
async function changeBeside(
  session: Session,
  change: Change,
  services: readonly string[],
  emit: Emit,
  signal: AbortSignal,
): Promise<void> {
  const unsubscribe = session.hub.subscribe((event) => {
    if (event.kind !== "log" && event.kind !== "usage") emit(event);
  });
  try {
    const { environment, engine } = session.stack;
    const observed = await session.observe(signal);
    const planChange = change === "restart" ? planRestart : planStart;
    const plan = change === "stop" ? planStop(services, observed) : planChange(services, environment, observed);
    session.publish({ kind: "plan", at: session.clock.now(), plan });
    const context = { environment, emit: session.publish, signal };
    const { failures } = await execute(plan, session.waits.givingWay(engine), context, session.clock);
    const [first] = failures;
    if (first) throw first.error;
  } finally {
    unsubscribe();
  }
}

function waitingNotice(session: Session, change: Change, services: readonly string[]): NoticeEvent {
  const waits = session.waits.services.map((name) => {
    const late = session.board.all.find((each) => each.service === name && each.state !== "ready");
    return late ? `${name} (${late.state}: ${late.reason})` : name;
  });
  const own = services.filter((name) => session.waits.canCutIn([name]));
  const atOnce = own.length > 0 ? `\`dev ${change} ${own.join(" ")}\` is done at once; ` : "";
  return {
    kind: "notice",
    at: session.clock.now(),
    level: "info",
    message: `This comes after what is under way, which waits for ${waits.join(", ")}.`,
    hint: `${atOnce}\`dev stop ${session.waits.services.join(" ")}\` ends that, \`dev down\` ends all.`,
  };
}
