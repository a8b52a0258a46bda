import type { ChainLink, DevEvent, Instance, SessionEvent } from "@drydock/core";
import { addressList } from "./address-list.ts";
import { formatDuration } from "./duration.ts";
import { noticeText } from "./notice-text.ts";
import type { Paint } from "./paint.ts";

const progressEveryMs = 5_000;

const label = (name: string, replicas: number) => (replicas > 1 ? `${name} x${replicas}` : name);

/**
 * `up` as lines: a header, one line for each service once its state is final, progress of long work at most every five
 * seconds, notices. A line is never changed after it was written.
 */
export class PlainUp {
  readonly #write: (text: string) => void;
  readonly #paint: Paint;
  readonly #version: string;
  readonly #instances = new Map<string, Instance>();
  readonly #startedAt = new Map<string, number>();
  readonly #lastProgress = new Map<string, number>();
  readonly #notices = new Set<string>();
  /** The state that each service's last line says. */
  readonly #told = new Map<string, string>();
  #session: SessionEvent | undefined;
  #chain: readonly ChainLink[] = [];

  constructor(write: (text: string) => void, paint: Paint, version: string) {
    this.#write = write;
    this.#paint = paint;
    this.#version = version;
  }

  /** What the start-up waited for, once `up` has said so. */
  get criticalChain(): readonly ChainLink[] {
    return this.#chain;
  }

  readonly take = (event: DevEvent): void => {
    switch (event.kind) {
      case "session":
        if (!this.#session) this.#header(event);
        this.#session = event;
        break;
      case "instance":
        this.#instances.set(`${event.instance.service}.${event.instance.number}`, event.instance);
        break;
      case "step":
        this.#step(event);
        break;
      case "progress":
        this.#progress(event.task, event.message, event.at);
        break;
      case "notice":
        if (!this.#notices.has(event.message)) this.#line(`${this.#paint("yellow", "!")} ${noticeText(event)}`);
        this.#notices.add(event.message);
        break;
      case "up":
        this.#chain = event.criticalChain;
        break;
    }
  };

  #header({ project, branch, engine }: SessionEvent): void {
    const name = engine.kind === "docker" ? engine.name : "local engine";
    const where = branch ? `${project} (${branch})` : project;
    const paint = this.#paint;
    this.#write(
      `${paint("bold", `drydock ${this.#version}`)}  ${where}  ${name}${engine.because ? `: ${engine.because}` : ""}\n`,
    );
  }

  #step(event: DevEvent & { kind: "step" }): void {
    const [kind, target = ""] = event.id.split(":");
    if (kind === "start" && event.phase === "started") {
      const service = target.replace(/\.\d+$/, "");
      if (!this.#startedAt.has(service)) this.#startedAt.set(service, event.at);
    }
    if (kind === "seed" && event.phase === "done")
      this.#line(`${"seeded".padEnd(this.#nameWidth())}  ${this.#paint("green", event.label)}`);
    if (kind === "start" && event.phase === "failed") this.#service(target.replace(/\.\d+$/, ""), event.at);
    if (kind !== "ready" || (event.phase !== "done" && event.phase !== "failed")) return;
    this.#service(target, event.at);
  }

  #service(service: string, at: number): void {
    const instances = [...this.#instances.values()]
      .filter((each) => each.service === service)
      .sort((a, b) => a.number - b.number);
    const known = this.#session?.services ?? [];
    const name = label(service, known.find((each) => each.name === service)?.replicas ?? instances.length).padEnd(
      this.#nameWidth(),
    );
    const worst = instances.find((each) => each.state !== "ready" && each.state !== "done") ?? instances[0];
    const state = worst?.state ?? "failed";
    // Somebody restarted it while it was waited for: both say how it ended.
    if (this.#told.get(service) === state) return;
    this.#told.set(service, state);
    const took = formatDuration(at - (this.#startedAt.get(service) ?? at)).padStart(7);
    const style = state === "ready" || state === "done" ? "green" : "red";
    const detail = state === "ready" || state === "done" ? (worst?.provider ?? "") : (worst?.reason ?? "");
    const rest = state === "done" ? "exit 0" : `${detail.padEnd(20)}  ${addressList(instances)}`;
    this.#line(`${name}  ${this.#paint(style, state.padEnd(9))} ${took}   ${rest}`.trimEnd());
  }

  #nameWidth(): number {
    const known = this.#session?.services ?? [];
    return Math.max(8, ...known.map(({ name, replicas }) => label(name, replicas).length));
  }

  #progress(task: string, message: string, at: number): void {
    const last = this.#lastProgress.get(task);
    if (last !== undefined && at - last < progressEveryMs) return;
    this.#lastProgress.set(task, at);
    this.#line(this.#paint("dim", `${task}: ${message}`));
  }

  #line(text: string): void {
    this.#write(`  ${text}\n`);
  }
}
