import { setTimeout as sleep } from "node:timers/promises";
import { Document, type Value } from "../values/document.ts";

/** When a fail point acts: always, or on the next so many commands that it is meant for, after some were skipped. */
export interface FailPointMode {
  skip: number;
  times: number;
}

/**
 * Those that there are: for any command, for a getMore whose cursor is there, for a retryable write before or after its commit, and for every
 * command that has a time limit, whose time is over at once or never.
 */
export type FailPointName =
  | "failCommand"
  | "failGetMoreAfterCursorCheckout"
  | "onPrimaryTransactionalWrite"
  | "maxTimeAlwaysTimeOut"
  | "maxTimeNeverTimeOut";

/** `failCommand`: what happens to which commands (driver specifications, "Server Fail Point"). */
export interface FailCommand {
  readonly name: FailPointName;
  readonly commands: readonly string[];
  readonly appName: string | undefined;
  readonly errorCode: number | undefined;
  readonly errorLabels: readonly Value[] | undefined;
  readonly writeConcernError: Document | undefined;
  readonly closesConnection: boolean;
  readonly blocksMs: number | undefined;
}

interface FailPoint {
  readonly mode: FailPointMode;
  readonly failure: FailCommand;
  entered: number;
}

/** The fail points that are set. For tests. */
export class FailPoints {
  readonly #points = new Map<FailPointName, FailPoint>();
  readonly #ending = new AbortController();

  /** Sets one, or turns it off; how often it had acted. */
  configure(name: FailPointName, mode: FailPointMode | undefined, failure: FailCommand): number {
    const entered = this.#points.get(name)?.entered ?? 0;
    if (mode) this.#points.set(name, { mode, failure, entered: 0 });
    else this.#points.delete(name);
    return entered;
  }

  /** What has to happen to the command of these names. */
  enter(names: readonly string[], metadata: Document | undefined): FailCommand | undefined {
    for (const point of this.#points.values()) if (acts(point, names, metadata)) return point.failure;
    return undefined;
  }

  /** The same for a retryable write of so many statements, each of which counts. */
  enterWrite(statements: number): FailCommand | undefined {
    const point = this.#points.get("onPrimaryTransactionalWrite");
    for (let statement = 0; point && statement < statements; statement++) if (isDue(point)) return point.failure;
    return undefined;
  }

  /** What is to happen to the time limit of a command that has one. */
  timeLimit(): "over" | "none" | undefined {
    const isSet = (name: FailPointName): boolean => {
      const point = this.#points.get(name);
      return point !== undefined && isDue(point);
    };
    if (isSet("maxTimeAlwaysTimeOut")) return "over";
    return isSet("maxTimeNeverTimeOut") ? "none" : undefined;
  }

  /** Holds a command up; not longer than until the server stops. */
  async block(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#ending.signal }).catch(() => {});
  }

  /** The server stops. */
  end(): void {
    this.#ending.abort();
  }
}

function acts(point: FailPoint, names: readonly string[], metadata: Document | undefined): boolean {
  const { failure } = point;
  if (!names.some((name) => failure.commands.includes(name))) return false;
  if (failure.appName !== undefined && failure.appName !== applicationName(metadata)) return false;
  return isDue(point);
}

function isDue(point: FailPoint): boolean {
  const { mode } = point;
  if (mode.skip > 0) {
    mode.skip--;
    return false;
  }
  if (mode.times <= 0) return false;
  mode.times--;
  point.entered++;
  return true;
}

function applicationName(metadata: Document | undefined): Value | undefined {
  const application = metadata?.get("application");
  return application instanceof Document ? application.get("name") : undefined;
}
