import {
  type DataEvent,
  type DevEvent,
  describeEdit,
  type EditEvent,
  type Instance,
  type ProgressEvent,
  type SessionEvent,
} from "@drydock/core";
import type { DashboardState } from "./dashboard-state.ts";
import type { Effect } from "./effect.ts";
import { type Reduced, reduced } from "./happening.ts";
import { readsOf } from "./show-tab.ts";
import { withRequests } from "./with-requests.ts";

/** The state after an event of the supervisor. */
export function reduceEvent(before: DashboardState, event: DevEvent): Reduced {
  const state = event.at > before.now ? { ...before, now: event.at } : before;
  switch (event.kind) {
    case "session":
      return reduced(withSession(state, event), { kind: "read-urls" });
    case "instance":
      return withInstance(state, event.instance, event.at);
    case "gone":
      return reduced(without(state, `${event.service}.${event.number}`));
    case "usage":
      return reduced(
        { ...state, usage: new Map(event.usage.map((each) => [`${each.service}.${each.number}`, each])) },
        ...agedData(state),
      );
    case "progress":
      return reduced({ ...state, progress: withProgress(state.progress, event) });
    case "notice":
      return reduced({ ...state, notice: event });
    case "up":
      return reduced({ ...state, up: event, progress: new Map() }, { kind: "read-urls" }, ...readsOf(state.tab));
    case "step":
      if (event.phase === "done" && event.id.startsWith("seed:"))
        return reduced({ ...state, message: { text: `seeded ${event.label}`, isError: false } });
      if (event.phase !== "failed" || !event.error) return reduced(state);
      return reduced({ ...state, message: { text: event.error.message, isError: true } });
    case "edit":
      return reduced({
        ...state,
        edits: withEdit(state.edits, event),
        message: { text: describeEdit(event), isError: event.phase === "failed" },
      });
    case "data":
      return withWork(state, event);
    case "requests":
      return reduced(withRequests(state, event));
    case "plan":
      return reduced({ ...state, up: undefined });
    case "log":
    case "skipped":
      return reduced(state);
  }
}

// Sizes change with every write of a service: often enough to be believed, seldom enough to cost nothing.
const agedMs = 10_000;

function agedData({ tab, data, now }: DashboardState): readonly Effect[] {
  return tab === "data" && !data.isReading && now - data.readAt > agedMs ? [{ kind: "read-data" }] : [];
}

/** Work on the data that begins or ends, whoever asked for it. */
function withWork(state: DashboardState, { id, label, phase, at }: DataEvent): Reduced {
  const works = new Map(state.data.works);
  if (phase === "started") works.set(id, { label, startedAt: at });
  else works.delete(id);
  const isOver = phase !== "started";
  // Its tasks end with it; those of others are told again.
  const progress = isOver ? new Map() : state.progress;
  return reduced({ ...state, progress, data: { ...state.data, works } }, ...(isOver ? readsOf(state.tab) : []));
}

// More than anybody scrolls through.
const mostEdits = 200;

/** A later phase of the same save takes the place of the one before. */
function withEdit(edits: DashboardState["edits"], event: EditEvent): DashboardState["edits"] {
  const others = edits.filter((each) => each.service !== event.service || each.savedAt !== event.savedAt);
  return [event, ...others].slice(0, mostEdits);
}

/** Another `up` says the session again: what is known of services that are still there stays. */
function withSession(state: DashboardState, session: SessionEvent): DashboardState {
  const names = new Set(session.services.map((each) => each.name));
  const isThere = state.selected !== undefined && names.has(state.selected);
  return {
    ...state,
    session,
    connection: { kind: "live" },
    instances: new Map([...state.instances].filter(([, each]) => names.has(each.service))),
    selected: isThere ? state.selected : session.services[0]?.name,
  };
}

function withInstance(state: DashboardState, instance: Instance, at: number): Reduced {
  const key = `${instance.service}.${instance.number}`;
  const before = state.instances.get(key);
  const instances = new Map(state.instances).set(key, instance);
  const hasNewAddress = JSON.stringify(before?.addresses) !== JSON.stringify(instance.addresses);
  const wasSeenRunning = before !== undefined && before.state !== "done";
  const doneInMs =
    instance.state === "done" && wasSeenRunning && instance.startedAt !== undefined
      ? new Map(state.doneInMs).set(instance.service, at - instance.startedAt)
      : state.doneInMs;
  const effects = hasNewAddress || before?.state !== instance.state ? [{ kind: "read-urls" } as const] : [];
  return reduced({ ...state, instances, doneInMs }, ...effects);
}

function without(state: DashboardState, key: string): DashboardState {
  const instances = new Map(state.instances);
  instances.delete(key);
  const usage = new Map(state.usage);
  usage.delete(key);
  return { ...state, instances, usage };
}

/** A task whose work is done is no longer told. */
function withProgress(progress: DashboardState["progress"], event: ProgressEvent): DashboardState["progress"] {
  const next = new Map(progress);
  next.delete(event.task);
  const isDone = event.total !== undefined && event.done !== undefined && event.done >= event.total;
  return isDone ? next : next.set(event.task, event);
}
