import type { Emit, NoticeEvent } from "@drydock/core";
import { restartNamed, startServices, stopServices } from "./change-services.ts";
import type { Session } from "./session.ts";

/** What a person asks of services that are there. */
type Change = "restart" | "stop" | "start";

const changes = { restart: restartNamed, stop: stopServices, start: startServices };

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
    return session.waits.cutIn(services, () => changes[change].beside(session, services, emit, signal));
  if (session.waits.services.length > 0) emit(waitingNotice(session, change, services));
  return changes[change](session, services, emit, signal);
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
