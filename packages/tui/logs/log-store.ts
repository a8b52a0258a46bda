import type { LogEvent } from "@drydock/core";
import { LogBuffer, type LogCapacity, type LogEntry } from "./log-buffer.ts";
import { entryFilter, everyLine, isSameFilter, type LogFilter } from "./log-filter.ts";
import { joinAll, joinSkipped, skippedText } from "./skipped-lines.ts";

/** What the screen keeps of each service, and of the lines shown. What is older is read back from the supervisor's log store. */
export const keptLines: LogCapacity = { lines: 5_000, characters: 8_000_000 };
/** What it keeps while a person has scrolled back, so that nothing slides away under the eyes. */
export const heldLines: LogCapacity = { lines: 20_000, characters: 32_000_000 };

/**
 * The log lines of a screen: a buffer for each service, and `shown`, the lines that pass the filter, in order.
 * The one thing in the screen's state that changes in place: `revision` grows with each change.
 */
export class LogStore {
  readonly shown = new LogBuffer();
  #services = new Map<string, LogBuffer>();
  #filter: LogFilter = everyLine;
  #passes: (entry: LogEntry) => boolean = entryFilter(everyLine);
  #nextOrder = 1;
  #isHeld = false;
  #withheld = 0;
  #firstAt: number | undefined;
  #revision = 0;

  get revision(): number {
    return this.#revision;
  }

  /** New lines that are not in `shown`, because it is held and full. */
  get withheld(): number {
    return this.#withheld;
  }

  /** Adds a line that a service wrote now. Returns it as an entry when it passes the filter. */
  push(event: LogEvent): LogEntry | undefined {
    const { at, service, number, stream, text } = event;
    this.#firstAt ??= at;
    const entry: LogEntry = { order: this.#nextOrder++, at, service, number, stream, text };
    return this.#add(entry) ? entry : undefined;
  }

  /** Adds that so many lines were not sent here. */
  skip(at: number, lines: number): void {
    this.#remark(at, { skipped: lines, text: skippedText(lines) });
  }

  /** Shows the lines that pass this filter. */
  show(filter: LogFilter): void {
    if (isSameFilter(filter, this.#filter)) return;
    this.#filter = filter;
    this.#passes = entryFilter(filter);
    this.#rebuild();
  }

  /** While held, the lines shown do not go; those for which there is no room are counted, and told when it is let go. */
  hold(isHeld: boolean): void {
    if (isHeld === this.#isHeld) return;
    this.#isHeld = isHeld;
    if (isHeld) return;
    for (const buffer of this.#services.values()) buffer.trim(keptLines);
    this.shown.trim(keptLines);
    this.#revision += 1;
    const missed = this.#withheld;
    this.#withheld = 0;
    const last = this.shown.at(this.shown.length - 1);
    if (missed > 0)
      this.#remark(last?.at ?? 0, {
        text: `${missed.toLocaleString("en")} lines went by meanwhile (dev logs has them)`,
      });
  }

  /** The oldest line kept of a service, from which to read further back. */
  oldest(service: string): LogEntry | undefined {
    return this.#services.get(service)?.at(0);
  }

  /**
   * Adds stored lines before those kept, whatever of them is not here yet. Returns how many were added: 0 when
   * there is nothing older, or no room.
   */
  prepend(events: readonly LogEvent[]): number {
    let added = 0;
    for (const service of new Set(events.map((event) => event.service))) {
      const buffer = this.#buffer(service);
      const older = this.#notYetHere(
        events.filter((event) => event.service === service),
        buffer,
      );
      const room = Math.max(0, heldLines.lines - buffer.length);
      const fitting = room === 0 ? [] : older.slice(-room);
      buffer.replace([...this.#olderEntries(fitting, buffer.at(0)?.order ?? 0), ...buffer.entries()]);
      added += fitting.length;
    }
    if (added > 0) this.#rebuild();
    return added;
  }

  /** A remark of the screen's own is no service's. */
  #remark(at: number, remark: Pick<LogEntry, "text" | "skipped">): void {
    this.#add({ order: this.#nextOrder++, at, service: "", number: 0, stream: "stdout", ...remark });
  }

  #add(entry: LogEntry): boolean {
    const buffer = this.#buffer(entry.service);
    const isShown = this.#passes(entry);
    if (this.#isHeld && (buffer.isFull(heldLines) || (isShown && this.shown.isFull(heldLines)))) {
      this.#withheld += 1;
    } else {
      const capacity = this.#isHeld ? heldLines : keptLines;
      buffer.push(entry, capacity);
      const last = isShown ? this.shown.at(this.shown.length - 1) : undefined;
      const joined = last && joinSkipped(last, entry);
      if (joined) this.shown.replaceLast(joined);
      else if (isShown) this.shown.push(entry, capacity);
    }
    this.#revision += 1;
    return isShown;
  }

  #buffer(service: string): LogBuffer {
    const known = this.#services.get(service);
    if (known) return known;
    const made = new LogBuffer();
    this.#services.set(service, made);
    return made;
  }

  /** Lines of the oldest kept millisecond may be here already: as many as are here are left out, from the end. */
  #notYetHere(lines: readonly LogEvent[], buffer: LogBuffer): readonly LogEvent[] {
    const oldest = buffer.at(0);
    if (!oldest) return lines;
    let same = 0;
    while (buffer.at(same)?.at === oldest.at) same += 1;
    const before = lines.filter((line) => line.at < oldest.at);
    const atOnce = lines.filter((line) => line.at === oldest.at);
    return [...before, ...atOnce.slice(0, Math.max(0, atOnce.length - same))];
  }

  // A thousand places for each millisecond before the first line seen, so that stored lines of several services sort by
  // time; always below what is here already.
  #olderEntries(events: readonly LogEvent[], below: number): readonly LogEntry[] {
    const firstAt = this.#firstAt ?? events.at(-1)?.at ?? 0;
    this.#firstAt = firstAt;
    return events.map(({ at, service, number, stream, text }, index) => {
      const back = (events.length - index) / (events.length + 1);
      return {
        order: Math.min(Math.min(at - firstAt, 0) * 1_000 - back, below - back),
        at,
        service,
        number,
        stream,
        text,
      };
    });
  }

  #rebuild(): void {
    const buffers = [...this.#services].filter(
      ([name]) => this.#filter.service === undefined || name === "" || name === this.#filter.service,
    );
    const entries = buffers.flatMap(([, buffer]) => [...buffer.entries()].filter(this.#passes));
    this.shown.replace(joinAll(entries.sort((a, b) => a.order - b.order)));
    this.shown.trim(this.#isHeld ? heldLines : keptLines);
    this.#revision += 1;
  }
}
