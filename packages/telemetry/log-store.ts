import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { LogEvent } from "@drydock/core";
import { LogFile } from "./log-file.ts";
import { decodeLogLine, encodeLogLine } from "./log-line.ts";
import { readLinesBackwards } from "./read-backwards.ts";

/** Which stored lines to read. */
export interface LogSelection {
  /** Empty: all services. */
  readonly services: readonly string[];
  /** Milliseconds since the epoch, both ends included. */
  readonly since?: number;
  readonly until?: number;
  /** The last so many lines of each service. */
  readonly tail?: number;
  readonly matches?: (text: string) => boolean;
}

// Two parts of 32 MB a service: a flood of 10,000 lines of 100 bytes a second keeps its last minute, and a disk stays bounded.
const maxPartBytes = 32 * 1024 * 1024;
const extension = ".jsonl";

/** Every line that every service wrote, on disk, one file a service. Loses no line while its process lives; a kill loses what was not flushed yet. */
export class LogStore {
  readonly #directory: string;
  readonly #maxPartBytes: number;
  readonly #files = new Map<string, LogFile>();
  #onFailure: (error: unknown) => void = () => undefined;

  private constructor(directory: string, partBytes: number) {
    this.#directory = directory;
    this.#maxPartBytes = partBytes;
  }

  /** Opens the store in a folder, which is made when it is missing. @throws the file system's error */
  static async open(directory: string, partBytes = maxPartBytes): Promise<LogStore> {
    await mkdir(directory, { recursive: true });
    return new LogStore(directory, partBytes);
  }

  /** Why a file could not be written last time, such as a full disk; undefined while all is well. */
  get failure(): unknown {
    return [...this.#files.values()].find((file) => file.failure !== undefined)?.failure;
  }

  /** `take` is told whenever a file begins to refuse lines. */
  whenFailing(take: (error: unknown) => void): void {
    this.#onFailure = take;
  }

  append(event: LogEvent): void {
    this.#file(event.service).append(encodeLogLine(event));
  }

  /** Stored lines, oldest first; lines of several services are merged by their time. */
  async read(selection: LogSelection): Promise<readonly LogEvent[]> {
    await this.flush();
    const services = selection.services.length > 0 ? selection.services : await this.#services();
    const perService = await Promise.all(services.map((service) => this.#readService(service, selection)));
    return perService.flat().sort((a, b) => a.at - b.at);
  }

  /** Resolves when all that was appended is in the files, or could not be written: see `failure`. */
  async flush(): Promise<void> {
    await Promise.all([...this.#files.values()].map((file) => file.flush()));
  }

  async close(): Promise<void> {
    await this.flush();
    await Promise.all([...this.#files.values()].map((file) => file.close()));
    this.#files.clear();
  }

  #file(service: string): LogFile {
    const existing = this.#files.get(service);
    if (existing) return existing;
    const path = join(this.#directory, `${service}${extension}`);
    const file = new LogFile(path, this.#maxPartBytes, (error) => this.#onFailure(error));
    this.#files.set(service, file);
    return file;
  }

  async #services(): Promise<readonly string[]> {
    const names = await readdir(this.#directory);
    return names.filter((name) => name.endsWith(extension)).map((name) => name.slice(0, -extension.length));
  }

  async #readService(service: string, selection: LogSelection): Promise<readonly LogEvent[]> {
    const { since = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY, tail, matches } = selection;
    const newestFirst: LogEvent[] = [];
    for (const part of [...this.#file(service).parts].reverse()) {
      for await (const line of readLinesBackwards(part)) {
        if (newestFirst.length === tail) return newestFirst.reverse();
        const event = decodeLogLine(service, line);
        if (!event || event.at > until || (matches && !matches(event.text))) continue;
        // Lines of replicas may be a little out of order: look one second further back before ending.
        if (event.at < since - 1_000) return newestFirst.reverse();
        if (event.at >= since) newestFirst.push(event);
      }
    }
    return newestFirst.reverse();
  }
}
