import type { Engine, Environment } from "@drydock/core";
import type { StateFolder } from "./state-folder.ts";
import type { StackSource } from "./supervisor.ts";

/** What decides which engine runs a stack. */
export interface EngineQuestion {
  readonly source: StackSource;
  readonly environment: Environment;
  readonly folder: StateFolder;
  readonly sessionId: string;
  /** A front is before the stack: its services are to trust it. */
  readonly hasFront: boolean;
  /** The engine that this session has already: it stays, told of the new variables. */
  readonly current?: Engine;
  /** Resolves when every log line so far is stored. */
  readonly storeLogs: () => Promise<void>;
  readonly signal: AbortSignal;
}

/** An engine, and the environment as it is on that engine: with a project name that no other checkout has. */
export interface EngineAnswer {
  readonly engine: Engine;
  readonly environment: Environment;
}

/** Takes an engine for a stack. @throws DevError NO_DOCKER when docker was asked for and does not answer */
export type EngineFactory = (question: EngineQuestion) => Promise<EngineAnswer>;
