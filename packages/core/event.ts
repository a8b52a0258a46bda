import type { SerializedError } from "./dev-error.ts";
import type { EngineDescription } from "./engine-description.ts";
import type { Instance } from "./instance.ts";
import type { Plan } from "./step.ts";
import type { WebRequest } from "./web-request.ts";

/** Everything that happens, as data: the terminal UI, the plain output, `--json` and the log store read the same stream. `at` is milliseconds since the epoch. */
export type DevEvent =
  | SessionEvent
  | PlanEvent
  | StepEvent
  | InstanceEvent
  | GoneEvent
  | LogEvent
  | ProgressEvent
  | NoticeEvent
  | UsageEvent
  | UpEvent
  | EditEvent
  | DataEvent
  | RequestsEvent
  | SkippedEvent;

interface EventBase {
  readonly at: number;
}

/** Which project, on which engine, and why that engine. */
export interface SessionEvent extends EventBase {
  readonly kind: "session";
  readonly project: string;
  readonly directory: string;
  /** The git branch, where there is one. */
  readonly branch?: string;
  readonly engine: EngineDescription;
  /** The services, in the order in which they are shown. */
  readonly services: readonly ServiceSummary[];
}

/** What a reader must know of a service before it runs. */
export interface ServiceSummary {
  readonly name: string;
  readonly replicas: number;
  readonly isOneShot: boolean;
  readonly dependsOn: readonly string[];
}

export interface PlanEvent extends EventBase {
  readonly kind: "plan";
  readonly plan: Plan;
}

export interface StepEvent extends EventBase {
  readonly kind: "step";
  readonly id: string;
  readonly label: string;
  readonly phase: "started" | "done" | "failed" | "skipped";
  /** From started to done or failed. */
  readonly durationMs?: number;
  readonly error?: SerializedError;
}

/** An instance is new or its state, reason, addresses or restarts changed. */
export interface InstanceEvent extends EventBase {
  readonly kind: "instance";
  readonly instance: Instance;
}

/** An instance was removed. */
export interface GoneEvent extends EventBase {
  readonly kind: "gone";
  readonly service: string;
  readonly number: number;
}

/** One line that a service wrote, without its line end. */
export interface LogEvent extends EventBase {
  readonly kind: "log";
  readonly service: string;
  readonly number: number;
  readonly stream: "stdout" | "stderr";
  readonly text: string;
}

/** How far long work is: an image pull, a build, `npm ci`. */
export interface ProgressEvent extends EventBase {
  readonly kind: "progress";
  readonly task: string;
  readonly message: string;
  readonly done?: number;
  readonly total?: number;
}

export interface NoticeEvent extends EventBase {
  readonly kind: "notice";
  readonly level: "info" | "warning";
  readonly message: string;
  readonly hint?: string;
}

/** What instances use now. `cpu` is a share of one core (1 = a whole core); memory in bytes. */
export interface UsageEvent extends EventBase {
  readonly kind: "usage";
  readonly usage: readonly InstanceUsage[];
}

export interface InstanceUsage {
  readonly service: string;
  readonly number: number;
  readonly cpu: number;
  readonly memoryBytes: number;
}

/** `up` ended: everything wanted is ready or done. */
export interface UpEvent extends EventBase {
  readonly kind: "up";
  readonly durationMs: number;
  readonly changed: boolean;
  /** What the start-up waited for, in order: the longest chain of waits. */
  readonly criticalChain: readonly ChainLink[];
}

export interface ChainLink {
  readonly name: string;
  readonly durationMs: number;
}

/** A person saved files, and a service follows. */
export interface EditEvent extends EventBase {
  readonly kind: "edit";
  readonly service: string;
  /** Relative to the project's folder. */
  readonly files: readonly string[];
  readonly action: "sync" | "exec" | "restart" | "rebuild" | "run";
  /** `done`: the service answers with what was saved; `overtaken`: files were saved again meanwhile, another event follows. */
  readonly phase: "started" | "done" | "failed" | "overtaken";
  /** When the files were saved. */
  readonly savedAt: number;
  /** When the files were brought to the service; the rest is its own start. */
  readonly actedAt?: number;
  readonly error?: SerializedError;
}

/** Somebody works on the stack's data: seeds it, copies it, exchanges it. */
export interface DataEvent extends EventBase {
  readonly kind: "data";
  /** The same for the beginning and the end of one work. */
  readonly id: string;
  /** `seed demo`, `restore demo-1`. */
  readonly label: string;
  readonly phase: "started" | "done" | "failed";
  /** From started to done or failed. */
  readonly durationMs?: number;
  readonly error?: SerializedError;
}

/** Requests that were answered by the front, or by a service that is a proxy, the oldest first. Sent to readers that ask for them. */
export interface RequestsEvent extends EventBase {
  readonly kind: "requests";
  readonly requests: readonly WebRequest[];
  /** So many more came in the same time and are left out. */
  readonly dropped: number;
}

/** A slow reader was spared this many log lines; the log store has them all. */
export interface SkippedEvent extends EventBase {
  readonly kind: "skipped";
  readonly lines: number;
}

/** Takes an event. Never throws, never waits. */
export type Emit = (event: DevEvent) => void;
