import type {
  EditEvent,
  Explanation,
  Instance,
  InstanceUsage,
  NoticeEvent,
  ProgressEvent,
  SerializedError,
  SessionEvent,
  UpEvent,
} from "@drydock/core";
import type { LogEntry } from "../logs/log-buffer.ts";
import type { LogStore } from "../logs/log-store.ts";
import type { LogPosition } from "../logs/log-window.ts";
import { RequestStore } from "../requests/request-store.ts";
import type { Glyphs } from "../text/glyphs.ts";
import type { Level } from "../text/json-line.ts";
import { type DataViewState, unreadData } from "./data-view.ts";
import { type EdgeViewState, unreadEdge } from "./edge-view.ts";
import type { Effect } from "./effect.ts";
import { newestRequests, type RequestViewState } from "./request-view.ts";
import { type ServiceFacts, serviceFacts } from "./service-facts.ts";
import type { TabId } from "./tabs.ts";

/** Everything that decides what is on the screen. Changed only by `reduce`; the stores of logs and requests alone change in place. */
export interface DashboardState {
  readonly size: Size;
  readonly tab: TabId;
  /** The time of the last event, in milliseconds since the epoch: what ages are told from. */
  readonly now: number;
  readonly session: SessionEvent | undefined;
  /** By `service.number`. */
  readonly instances: ReadonlyMap<string, Instance>;
  readonly usage: ReadonlyMap<string, InstanceUsage>;
  /** How long runs of one-shots took, in milliseconds, by service. */
  readonly doneInMs: ReadonlyMap<string, number>;
  /** Where people reach services, best first. */
  readonly urls: ReadonlyMap<string, readonly string[]>;
  /** Where a person begins: the published web address of the stack. */
  readonly mainUrl: string | undefined;
  readonly up: UpEvent | undefined;
  readonly progress: ReadonlyMap<string, ProgressEvent>;
  readonly notice: NoticeEvent | undefined;
  /** It was said once that browsers do not trust the address. */
  readonly isTrustTold: boolean;
  /** What was saved, newest first; one entry a service and save. */
  readonly edits: readonly EditEvent[];
  /** When each of them was first answered well, in milliseconds since the epoch, by `editKey`. */
  readonly firstAnswers: ReadonlyMap<string, number>;
  readonly data: DataViewState;
  readonly edge: EdgeViewState;
  readonly requests: RequestStore;
  readonly requestView: RequestViewState;
  /** Rows above the screen, in the tabs that are read. */
  readonly scroll: number;
  readonly connection:
    | { readonly kind: "connecting" | "live" }
    | { readonly kind: "lost"; readonly error: SerializedError };
  /** One-shots that were done when the cursor was elsewhere: they are listed last. */
  readonly sunk: ReadonlySet<string>;
  readonly selected: string | undefined;
  readonly focus: "services" | "log";
  readonly log: LogViewState;
  readonly logs: LogStore;
  readonly overlay: Overlay | undefined;
  /** What the last action did, until the next key. */
  readonly message: { readonly text: string; readonly isError: boolean } | undefined;
  /** Actions under way, by service: `restarting`. */
  readonly busy: ReadonlyMap<string, string>;
  readonly glyphs: Glyphs;
}

/** Of the terminal, in cells. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** What is shown of the logs, and where. */
export interface LogViewState {
  readonly scope: "all" | "selected";
  readonly level: Level | undefined;
  readonly text: string;
  readonly search: string;
  readonly isWrapped: boolean;
  readonly position: LogPosition;
  /** The order of the entry under the cursor; undefined: the newest. */
  readonly cursor: number | undefined;
  readonly isReadingOlder: boolean;
}

/** What lies over the two sides, or asks in the bottom row. */
export type Overlay =
  | { readonly kind: "keys"; readonly scroll: number }
  | { readonly kind: "entry"; readonly entry: LogEntry; readonly scroll: number }
  | { readonly kind: "request"; readonly order: number; readonly scroll: number }
  | {
      readonly kind: "why";
      readonly service: string;
      readonly scroll: number;
      readonly explanations: readonly Explained[];
    }
  | { readonly kind: "palette"; readonly query: string; readonly chosen: number }
  | { readonly kind: "input"; readonly purpose: InputPurpose; readonly text: string }
  | { readonly kind: "confirm"; readonly service: string }
  /** A question over the screen that says what is lost; `y` lets it be done. */
  | {
      readonly kind: "ask";
      readonly question: string;
      readonly consequences: readonly string[];
      readonly effect: Effect;
    }
  /** "Detach or stop?"; once that is answered by stopping, one more Ctrl-C kills. */
  | { readonly kind: "leaving"; readonly isStopping: boolean };

/** What a line of text that is typed is for. */
export type InputPurpose = "search" | "filter" | "request-filter" | "snapshot-name" | "branch-name";

/** What the supervisor answered to "why is it like this?". */
export interface Explained {
  readonly number: number;
  readonly explanation: Explanation | undefined;
  readonly error: SerializedError | undefined;
}

/** A screen that has heard nothing yet. */
export function initialState(size: Size, logs: LogStore, glyphs: Glyphs): DashboardState {
  return {
    size,
    tab: "services",
    now: 0,
    session: undefined,
    instances: new Map(),
    usage: new Map(),
    doneInMs: new Map(),
    urls: new Map(),
    mainUrl: undefined,
    up: undefined,
    progress: new Map(),
    notice: undefined,
    isTrustTold: false,
    edits: [],
    firstAnswers: new Map(),
    data: unreadData,
    edge: unreadEdge,
    requests: new RequestStore(),
    requestView: newestRequests,
    scroll: 0,
    connection: { kind: "connecting" },
    sunk: new Set(),
    selected: undefined,
    focus: "services",
    log: {
      scope: "all",
      level: undefined,
      text: "",
      search: "",
      isWrapped: false,
      position: "follow",
      cursor: undefined,
      isReadingOlder: false,
    },
    logs,
    overlay: undefined,
    message: undefined,
    busy: new Map(),
    glyphs,
  };
}

/** The facts of one service, or undefined when there is none of that name. */
export function factsOf(state: DashboardState, name: string): ServiceFacts | undefined {
  const summary = state.session?.services.find((each) => each.name === name);
  if (!summary) return undefined;
  const instances = [...state.instances.values()].filter((each) => each.service === name);
  const usage = [...state.usage.values()].filter((each) => each.service === name);
  return serviceFacts(summary, instances, usage, state.doneInMs.get(name));
}

/** Names of services as they are listed. */
export function listOrder(state: DashboardState): readonly string[] {
  const names = (state.session?.services ?? []).map((each) => each.name);
  return [...names.filter((name) => !state.sunk.has(name)), ...names.filter((name) => state.sunk.has(name))];
}

/** The facts of every service, in the order of the list. */
export const allFacts = (state: DashboardState): readonly ServiceFacts[] =>
  listOrder(state)
    .map((name) => factsOf(state, name))
    .filter((each) => each !== undefined);
