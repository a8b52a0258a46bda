import { serializeError } from "@drydock/core";
import type { BackupAct, BackupActs, StackSource, Supervisor } from "@drydock/session";
import { durationText, sizeText } from "../model/amounts.ts";
import type { DataEffect } from "../state/effect.ts";
import { dataBusy } from "../state/perform-data.ts";
import type { ScreenStore } from "./screen-store.ts";
import { sentenceOf } from "./sentence-of.ts";

/** What work on the data needs. */
export interface DataContext {
  readonly supervisor: Supervisor;
  readonly source: StackSource;
  readonly signal: AbortSignal;
}

/** Carries out work on the data, one at a time, and tells the store what came of it. */
export class DataRunner {
  readonly #store: ScreenStore;
  readonly #context: DataContext;
  #cancel: AbortController | undefined;

  constructor(store: ScreenStore, context: DataContext) {
    this.#store = store;
    this.#context = context;
  }

  /** Never rejects: what went wrong is said on the screen. */
  async run(effect: DataEffect): Promise<void> {
    const cancel = new AbortController();
    this.#cancel = cancel;
    const signal = AbortSignal.any([this.#context.signal, cancel.signal]);
    const startedAt = performance.now();
    try {
      const text = await this.#work(effect, signal);
      const took = durationText(performance.now() - startedAt);
      this.#store.happen({ kind: "acted", service: dataBusy, text: text.replace("{took}", took), isError: false });
    } catch (error) {
      const text = cancel.signal.aborted ? `cancelled: ${effect.label}` : sentenceOf(serializeError(error));
      this.#store.happen({ kind: "acted", service: dataBusy, text, isError: !cancel.signal.aborted });
    }
  }

  /** Cancels what was begun last, if it is still under way. */
  cancel(): void {
    this.#cancel?.abort();
  }

  /** What was done, in a line; `{took}` stands for the time. */
  async #work(effect: DataEffect, signal: AbortSignal): Promise<string> {
    const { supervisor, source } = this.#context;
    switch (effect.kind) {
      case "seed":
        return this.#seed(effect, signal);
      case "save": {
        const request = effect.name === undefined ? {} : { name: effect.name };
        const { id, bytes } = await supervisor.snapshot({ source, act: "save", request }, signal);
        return `saved ${id}, ${sizeText(bytes)}, in {took}`;
      }
      case "restore": {
        const request = { name: effect.name, dryRun: false };
        const { id, parts } = await supervisor.snapshot({ source, act: "restore", request }, signal);
        return `restored ${id} in {took}: ${parts.map(({ service }) => service).join(", ")}`;
      }
      case "remove": {
        const request = { names: [effect.name], dryRun: false };
        await supervisor.snapshot({ source, act: "remove", request }, signal);
        return `removed ${effect.name}`;
      }
      case "switch-branch": {
        const request = { name: effect.name };
        const { from, to, isNew } = await supervisor.snapshot({ source, act: "branch", request }, signal);
        if (from === to) return `the data is that of ${to} already`;
        return `switched to ${to}${isNew ? `, a copy of ${from}` : ""}, in {took}`;
      }
      case "back-up": {
        const { place, manifest } = await this.#backup("run", { layout: "directory" }, signal);
        return `backed up to ${place}: ${manifest.id}, ${sizeText(manifest.bytes)}, in {took}`;
      }
      case "verify": {
        const { id, detail } = await this.#backup("verify", { id: effect.name }, signal);
        return `verified ${id} in {took}, restored into ${detail}`;
      }
      case "restore-backup": {
        const to = { only: [], into: [], allowRemote: [], snapshot: true, dryRun: false };
        const done = await this.#backup("restore", { id: effect.name, ...to }, signal);
        const before = done.snapshot === undefined ? "" : `; the snapshot ${done.snapshot} has what was there`;
        return `restored ${done.id} in {took}${before}`;
      }
      case "prune": {
        const removed = await supervisor.snapshot({ source, act: "prune", request: { dryRun: false } }, signal);
        return removed.length === 0 ? "nothing was removed" : `removed ${removed.join(", ")}`;
      }
    }
  }

  #backup<A extends BackupAct>(
    act: A,
    request: BackupActs[A]["request"],
    signal: AbortSignal,
  ): Promise<BackupActs[A]["result"]> {
    const { supervisor, source } = this.#context;
    return supervisor.backup({ source, act, request }, (event) => this.#store.receive(event), signal);
  }

  async #seed({ dataset, reset }: Extract<DataEffect, { kind: "seed" }>, signal: AbortSignal): Promise<string> {
    const { supervisor, source } = this.#context;
    const plain = { counts: {}, only: [], dryRun: false, to: [], allowRemote: [], useCache: true };
    // How far it is comes by the stream that the screen follows.
    const outcome = await supervisor.seed({ source, dataset, reset, ...plain }, () => undefined, signal);
    const made = outcome.steps.filter(({ action }) => action !== "keep");
    if (made.length === 0) return `all of ${dataset} is there already: S makes it anew`;
    const countOf = (kind: "collection" | "keys"): number =>
      made.filter((step) => step.kind === kind).reduce((sum, { count }) => sum + count, 0);
    const counts = [
      [countOf("collection"), "documents"],
      [countOf("keys"), "keys"],
    ] as const;
    const parts = counts.filter(([count]) => count > 0).map(([count, what]) => `${count.toLocaleString("en")} ${what}`);
    return `seeded ${dataset}: ${parts.join(", ")} in {took}`;
  }
}
