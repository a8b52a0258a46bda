import {
  type ApplyContext,
  debugPorts,
  type Environment,
  findService,
  type Instance,
  type ReplaceStep,
  tellingLines,
} from "@drydock/core";
import { endStrays } from "../end-strays.ts";
import { type EngineRoom, instanceKey, labelOf } from "../engine-room.ts";
import { notRunning } from "../errors.ts";
import type { InstanceProcess } from "../instance-process.ts";
import { likelyCause } from "../likely-cause.ts";
import { makeInstance } from "../make-instance.ts";
import { runMarker } from "../markers.ts";
import { groupPorts } from "../own-port.ts";
import { planLaunch } from "../plan-launch.ts";
import { cannotOverlap, notReplaced } from "./errors.ts";
import { moveProxies } from "./move-proxies.ts";

// A program that reads its port has opened it by then, or listens nowhere yet.
const looksMs = [1_000, 2_000, 4_000, 8_000] as const;
const readLines = 200;
const shownLines = 10;

/**
 * Starts a second process of an instance on other ports. When it is ready it takes the instance's name, proxies are led to it, and the one before is put
 * aside until it is retired. Where it does not become ready, it is gone when this rejects, and the one before says why it is still there.
 * @throws DevError NOT_READY with evidence, CANNOT_OVERLAP, NOT_RUNNING, CANNOT_START
 */
export async function replaceInstance(room: EngineRoom, step: ReplaceStep, context: ApplyContext): Promise<void> {
  const { environment, emit, signal } = context;
  const { service: name, number } = step;
  const stack = await room.readStack(environment);
  const service = findService(environment, name);
  const before = room.find(name, number);
  if (!service || !before) throw notRunning(labelOf(environment, name, number));
  const ports = await room.ports.beside(service, number, stack.blueprints.get(name)?.ports ?? []);
  const { launch } = await planLaunch(room, stack, name, number, room.ports.seenWith(service, number, ports));
  signal.throwIfAborted();
  const next = makeInstance(room, environment, service, number, launch);
  try {
    await next.start();
    await standUp(room, environment, next, signal);
  } catch (error) {
    await next.stop();
    await endStrays(room, environment, labelOf(environment, name, number), [runMarker(next.runId)]);
    // One that cannot stand beside another says nothing about what was saved.
    if (!signal.aborted && !room.stubborn.has(name)) before.outlive();
    throw error;
  }
  room.ports.move(service, number, ports);
  room.retiring.add(before);
  room.instances.set(instanceKey(name, number), next);
  next.tell();
  await moveProxies(room, stack, emit);
}

/** Resolves when it is ready. @throws DevError NOT_READY, CANNOT_OVERLAP; the signal's reason */
async function standUp(
  room: EngineRoom,
  environment: Environment,
  next: InstanceProcess,
  signal: AbortSignal,
): Promise<void> {
  const { service, number } = next.instance;
  const label = labelOf(environment, service, number);
  const looking = new AbortController();
  const either = AbortSignal.any([signal, looking.signal]);
  const ending = next.until(judge, either);
  try {
    const answer = await Promise.race([ending, findElsewhere(room, next, either)]);
    if (answer === "ready") return;
    const lines = next.recent.last(readLines);
    if (answer === "elsewhere" || isInUse(lines)) {
      room.stubborn.add(service);
      throw cannotOverlap(label, next.launch.addresses[0]?.port ?? 0);
    }
    throw notReplaced(label, answer, tellingLines(lines).slice(-shownLines), await likelyCause(next, lines));
  } finally {
    looking.abort(new Error("it is known"));
    await ending.catch(() => undefined);
  }
}

/** Resolves with "elsewhere" when it listens, and not where it was told. */
async function findElsewhere(room: EngineRoom, next: InstanceProcess, signal: AbortSignal): Promise<"elsewhere"> {
  const others = debugPorts(next.service.environment);
  for (const ms of looksMs) {
    await room.options.clock.sleep(ms, signal);
    if (next.group === undefined) break;
    const found = await groupPorts(next.group, others);
    if (found.size > 0 && !next.launch.addresses.some(({ port }) => found.has(port))) return "elsewhere";
  }
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

/** What programs say that find what they need in use: a port, a lock, another of their kind. One restart too many is better than none. */
function isInUse(lines: readonly string[]): boolean {
  return lines.some((line) =>
    /EADDRINUSE|\block(?:ed|file)?\b|\balready (?:in use|running)\b|\banother (?:process|instance)\b/i.test(line),
  );
}

/** `ready`, why it never will be, or undefined while that is open: no second chances, while the one before answers. */
function judge({ state, reason, exitCode }: Instance): string | undefined {
  switch (state) {
    case "ready":
      return "ready";
    case "unhealthy":
      return `it runs, but its check fails: ${reason}`;
    case "failed":
    case "done":
    case "restarting":
      return exitCode === undefined ? reason : `it exited with code ${exitCode}`;
    case "stopped":
      return reason === "not started" ? undefined : "it was stopped";
    default:
      return undefined;
  }
}
