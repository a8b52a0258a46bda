import { Document, type Value } from "../values/document.ts";

/** When a fail point acts: always, or on the next so many commands that it is meant for, after some were skipped. */
export interface FailPointMode {
  skip: number;
  times: number;
}

/** `failCommand`: what happens to which commands (driver specifications, "Server Fail Point"). */
export interface FailCommand {
  readonly commands: readonly string[];
  readonly appName: string | undefined;
  readonly errorCode: number | undefined;
  readonly errorLabels: readonly Value[] | undefined;
  readonly writeConcernError: Document | undefined;
  readonly closesConnection: boolean;
  readonly blocksMs: number | undefined;
}

/** The fail points that are set: `failCommand` alone. For tests. */
export class FailPoints {
  #mode: FailPointMode | undefined;
  #command: FailCommand | undefined;
  #entered = 0;

  /** Sets it, or turns it off; how often it has acted so far. */
  configure(mode: FailPointMode | undefined, command: FailCommand | undefined): number {
    this.#mode = mode;
    this.#command = mode && command;
    return this.#entered;
  }

  /** What has to happen to this command. */
  enter(command: string, metadata: Document | undefined): FailCommand | undefined {
    const mode = this.#mode;
    const meant = this.#command;
    if (!mode || !meant?.commands.includes(command)) return undefined;
    if (meant.appName !== undefined && meant.appName !== applicationName(metadata)) return undefined;
    if (mode.skip > 0) {
      mode.skip--;
      return undefined;
    }
    if (mode.times <= 0) return undefined;
    mode.times--;
    this.#entered++;
    return meant;
  }
}

function applicationName(metadata: Document | undefined): Value | undefined {
  const application = metadata?.get("application");
  return application instanceof Document ? application.get("name") : undefined;
}
