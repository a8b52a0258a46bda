import type { ActionId } from "./binding.ts";
import { type DashboardState, factsOf } from "./dashboard-state.ts";
import type { Effect } from "./effect.ts";
import { type Reduced, reduced } from "./happening.ts";
import { jumpToMatch, moveCursor, openEntry, scrollLog, toOldest } from "./move-log.ts";
import { dataBusy, performData } from "./perform-data.ts";
import { performInTab } from "./perform-tab.ts";
import { moveSelection, showServiceLog } from "./select-service.ts";
import { isRunning } from "./service-facts.ts";
import { showTab } from "./show-tab.ts";

/** Carries out an action, on a service where it concerns one. */
export function perform(state: DashboardState, id: ActionId, service: string | undefined): Reduced {
  const inTab = state.tab === "services" ? undefined : performInTab(state, id);
  if (inTab) return inTab;
  switch (id) {
    case "restart":
    case "stop-or-start":
    case "open":
    case "shell":
    case "why":
    case "debug":
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
    case "tab-services":
    case "tab-data":
    case "tab-requests":
    case "tab-edits":
    case "tab-certificates":
      return showTab(state, tabNamed[id]);
    case "seed":
    case "seed-again":
    case "save":
    case "restore":
    case "remove":
    case "switch-branch":
    case "new-branch":
    case "prune":
    case "back-up":
    case "verify":
    case "cancel":
      return performData(state, id);
    case "request-filter":
      return reduced({
        ...state,
        overlay: { kind: "input", purpose: "request-filter", text: state.requestView.filter },
      });
    case "renew":
      return act(state, { kind: "renew" }, "@front", "renewing the certificate");
    case "keys":
      return reduced({ ...state, overlay: { kind: "keys", scroll: 0 } });
    case "plain":
      return reduced(state, { kind: "plain" });
    case "detach":
      return detach(state);
    case "leave":
      return reduced({ ...state, overlay: { kind: "leaving", isStopping: false } });
  }
}

const tabNamed = {
  "tab-services": "services",
  "tab-data": "data",
  "tab-requests": "requests",
  "tab-edits": "edits",
  "tab-certificates": "certificates",
} as const;

/** Leaving asks nothing, but for work that would end with the screen. */
function detach(state: DashboardState): Reduced {
  if (state.connection.kind === "lost") return reduced(state, { kind: "leave", reason: "supervisor-ended" });
  const work = state.busy.get(dataBusy);
  const effect: Effect = { kind: "leave", reason: "detach" };
  if (work === undefined) return reduced(state, effect);
  const consequences = ["It was begun here and ends with the screen; what it has not done is not done."];
  return reduced({ ...state, overlay: { kind: "ask", question: `Leave while ${work}?`, consequences, effect } });
}

type ServiceAction = "restart" | "stop-or-start" | "open" | "shell" | "why" | "debug";

function onService(state: DashboardState, id: ServiceAction, service: string): Reduced {
  const instances = factsOf(state, service)?.instances ?? [];
  switch (id) {
    case "restart":
      return act(state, { kind: "restart", service }, service, "restarting");
    case "debug":
      return act(state, { kind: "debug", service }, service, "starting for a debugger");
    case "stop-or-start":
      if (!isRunning(instances)) return act(state, { kind: "start", service }, service, "starting");
      return reduced({ ...state, overlay: { kind: "confirm", service } });
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

/** Begins an action on a service, or on what else has a name, unless one is under way there. */
export function act(state: DashboardState, effect: Effect, name: string, doing: string): Reduced {
  const underWay = state.busy.get(name);
  // What waits until it is ready gives way to a stop.
  const givesWay = effect.kind === "stop" && (underWay === "restarting" || underWay === "starting");
  if (underWay !== undefined && !givesWay)
    return refuse(state, `${name.startsWith("@") ? "" : `${name}: `}still ${underWay}`);
  return reduced({ ...state, busy: new Map(state.busy).set(name, doing) }, effect);
}

const refuse = (state: DashboardState, text: string): Reduced =>
  reduced({ ...state, message: { text, isError: true } });

const filterLevels = [undefined, "info", "warn", "error"] as const;

function nextLevel(level: DashboardState["log"]["level"]): DashboardState["log"]["level"] {
  // biome-ignore lint/complexity/useIndexOf: the level may be one that is no filter
  const index = filterLevels.findIndex((each) => each === level);
  return filterLevels[(index + 1) % filterLevels.length];
}
