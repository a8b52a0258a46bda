import { type DashboardState, factsOf } from "./dashboard-state.ts";
import { type Effect, type Reduced, reduced } from "./happening.ts";
import type { ActionId } from "./keymap.ts";
import { jumpToMatch, moveCursor, openEntry, scrollLog, toOldest } from "./move-log.ts";
import { moveSelection, showServiceLog } from "./select-service.ts";
import { isRunning } from "./service-facts.ts";

/** Carries out an action, on a service where it concerns one. */
export function perform(state: DashboardState, id: ActionId, service: string | undefined): Reduced {
  switch (id) {
    case "restart":
    case "stop-or-start":
    case "open":
    case "shell":
    case "why":
      return service === undefined ? reduced(state) : onService(state, id, service);
    case "up":
      return state.focus === "services" ? reduced(moveSelection(state, -1)) : moveCursor(state, -1);
    case "down":
      return state.focus === "services" ? reduced(moveSelection(state, 1)) : moveCursor(state, 1);
    case "enter":
      return state.focus === "services" ? reduced(showServiceLog(state)) : reduced(openEntry(state));
    case "other-side":
      return reduced({ ...state, focus: state.focus === "services" ? "log" : "services" });
    case "back":
      return reduced({ ...state, focus: "services", log: { ...state.log, search: "" } });
    case "page-up":
      return scrollLog(state, -1);
    case "page-down":
      return scrollLog(state, 1);
    case "first":
      return toOldest(state);
    case "follow":
      return reduced({ ...state, log: { ...state.log, position: "follow", cursor: undefined } });
    case "search":
      return reduced({ ...state, overlay: { kind: "input", purpose: "search", text: "" } });
    case "filter":
      return reduced({ ...state, overlay: { kind: "input", purpose: "filter", text: state.log.text } });
    case "next-match":
      return reduced(jumpToMatch(state, "older"));
    case "previous-match":
      return reduced(jumpToMatch(state, "newer"));
    case "level":
      return reduced({ ...state, log: { ...state.log, level: nextLevel(state.log.level) } });
    case "wrap":
      return reduced({ ...state, log: { ...state.log, isWrapped: !state.log.isWrapped } });
    case "scope":
      return reduced({ ...state, log: { ...state.log, scope: state.log.scope === "all" ? "selected" : "all" } });
    case "palette":
      return reduced({ ...state, overlay: { kind: "palette", query: "", chosen: 0 } });
    case "edits":
      return reduced({ ...state, overlay: { kind: "edits", scroll: 0 } });
    case "keys":
      return reduced({ ...state, overlay: { kind: "keys", scroll: 0 } });
    case "plain":
      return reduced(state, { kind: "plain" });
    case "detach": {
      const reason = state.connection.kind === "lost" ? "supervisor-ended" : "detach";
      return reduced(state, { kind: "leave", reason });
    }
    case "leave":
      return reduced({ ...state, overlay: { kind: "leaving", isStopping: false } });
  }
}

type ServiceAction = "restart" | "stop-or-start" | "open" | "shell" | "why";

function onService(state: DashboardState, id: ServiceAction, service: string): Reduced {
  const instances = factsOf(state, service)?.instances ?? [];
  switch (id) {
    case "restart":
      return act(state, { kind: "restart", service });
    case "stop-or-start":
      if (!isRunning(instances)) return act(state, { kind: "start", service });
      return reduced({ ...state, overlay: { kind: "confirm", action: id, service } });
    case "open": {
      const url = state.urls.get(service)?.[0];
      if (url === undefined) return refuse(state, `${service} has no address that a browser opens`);
      return reduced(state, { kind: "open", service, url });
    }
    case "shell": {
      const running = instances.find((each) => isRunning([each]));
      if (!running) return refuse(state, `${service} does not run: there is nothing to open a shell in`);
      return reduced(state, { kind: "shell", service, number: running.number });
    }
    case "why": {
      const effects = instances.map(({ number }): Effect => ({ kind: "explain", service, number }));
      return reduced({ ...state, overlay: { kind: "why", service, scroll: 0, explanations: [] } }, ...effects);
    }
  }
}

const doing = { restart: "restarting", stop: "stopping", start: "starting" } as const;

/** Begins an action on a service, unless one is under way there. */
export function act(state: DashboardState, effect: Extract<Effect, { kind: "restart" | "stop" | "start" }>): Reduced {
  const underWay = state.busy.get(effect.service);
  if (underWay !== undefined) return refuse(state, `${effect.service}: still ${underWay}`);
  return reduced({ ...state, busy: new Map(state.busy).set(effect.service, doing[effect.kind]) }, effect);
}

const refuse = (state: DashboardState, text: string): Reduced =>
  reduced({ ...state, message: { text, isError: true } });

const filterLevels = [undefined, "info", "warn", "error"] as const;

function nextLevel(level: DashboardState["log"]["level"]): DashboardState["log"]["level"] {
  // biome-ignore lint/complexity/useIndexOf: the level may be one that is no filter
  const index = filterLevels.findIndex((each) => each === level);
  return filterLevels[(index + 1) % filterLevels.length];
}
