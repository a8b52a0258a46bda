import { type Emit, findService, instancesOf, type Service, serverOfImage } from "@drydock/core";
import { requireServices } from "../require-services.ts";
import type { Session } from "../session.ts";
import type { DebugRequest, StackSource } from "../supervisor.ts";
import { up } from "../up.ts";
import { askInspector } from "./ask-inspector.ts";
import { type DebugEntry, debugBook } from "./debug-book.ts";
import { noDebugPort, noInspector, notDebuggable } from "./errors.ts";
import type { InspectorForwards } from "./inspector-forwards.ts";
import { otherPrograms } from "./other-programs.ts";
import { pathMapping } from "./path-mapping.ts";
import type { DebugTarget } from "./request.ts";

// Node's own (nodejs.org/api/cli.html, --inspect).
const usualPort = 9229;
const lastPort = usualPort + 100;
const patienceMs = 30_000;
// A program of Node listens before its own first line runs; a shell may wait for something before it starts one.
const otherMs = 1_000;
const starterMs = 5_000;
const pauseMs = 50;

/**
 * Starts a service again so that its Node program listens for a debugger, until it is told to stop that or the stack goes down. Undefined targets: it
 * does not any more. @throws DevError NO_SUCH_SERVICE, NOT_DEBUGGABLE, NO_INSPECTOR, NO_DEBUG_PORT, or why it did not come up
 */
export async function debugService(
  session: Session,
  forwards: InspectorForwards,
  request: DebugRequest,
  emit: Emit,
  signal: AbortSignal,
): Promise<DebugTarget | undefined> {
  const { service: name, source } = request;
  await session.load(source, [], signal);
  const { environment, engine } = session.stack;
  requireServices([name], environment);
  const service = findService(environment, name);
  const book = debugBook(session.folder);
  const { [name]: before, ...rest } = book.read();
  const change = async (entry: DebugEntry | undefined) => {
    book.write(entry ? { ...rest, [name]: entry } : rest);
    await forwards.follow(book.read());
  };
  if (request.isOff || !service) {
    await change(undefined);
    if (before) await restart(session, source, name, emit, signal);
    return undefined;
  }
  refuseServers(service);
  const others = await otherPrograms(session, name, signal);
  if (others && !others.mayStartNode) throw notDebuggable(name, `runs ${others.names.join(" and ")}`);
  const { kind } = engine.description;
  const port = await choosePort(request.port, service.replicas, before, Object.values(rest));
  const entry: DebugEntry = { engine: kind, port, replicas: service.replicas, waits: request.waits };
  await change(entry);
  try {
    const inspectors = await listening(session, name, entry, emit, signal, source);
    const mapping = kind === "docker" ? await pathMapping(session, service, signal) : undefined;
    return { service: name, engine: kind, waits: request.waits, inspectors, ...(mapping ? { mapping } : {}) };
  } catch (error) {
    await change(undefined);
    if (!signal.aborted) await restart(session, source, name, emit, signal);
    throw error;
  }
}

function refuseServers({ name, image }: Service): void {
  const kind = image === undefined ? undefined : serverOfImage(image);
  if (kind !== undefined) throw notDebuggable(name, `is a server, ${kind}`);
}

/** Brings it up anew and finds who listens. One that waits for its debugger becomes ready later: that is not waited for. */
async function listening(
  session: Session,
  name: string,
  entry: DebugEntry,
  emit: Emit,
  signal: AbortSignal,
  source: StackSource,
): Promise<DebugTarget["inspectors"]> {
  const enough = new AbortController();
  const start = restart(session, source, name, emit, AbortSignal.any([signal, enough.signal]));
  try {
    if (!entry.waits) await start;
    const ports = Array.from({ length: entry.replicas }, (_, index) => entry.port + index);
    const failure = start.then(() => undefined);
    const early = entry.waits ? untilListening(session, ports, 2 * patienceMs, signal) : undefined;
    const inspectors = (await Promise.race([early, failure])) ?? (await whenStarted(session, name, ports, signal));
    if (inspectors.length > 0) return inspectors;
    const others = await otherPrograms(session, name, signal);
    throw noInspector(name, others?.names ?? [], await lastLines(session, name, signal));
  } finally {
    enough.abort();
    await start.catch(() => undefined);
  }
}

/** Who listens in a service that has come up; nobody, as soon as it is seen that Node is not what it runs. */
async function whenStarted(
  session: Session,
  name: string,
  ports: readonly number[],
  signal: AbortSignal,
): Promise<DebugTarget["inspectors"]> {
  const first = await untilListening(session, ports, otherMs, signal);
  if (first.length > 0) return untilListening(session, ports, patienceMs, signal);
  const others = await otherPrograms(session, name, signal);
  if (!others) return untilListening(session, ports, patienceMs, signal);
  if (!others.mayStartNode) return first;
  const second = await untilListening(session, ports, starterMs, signal);
  if (second.length === 0 && (await otherPrograms(session, name, signal))) return second;
  return untilListening(session, ports, patienceMs, signal);
}

async function untilListening(
  session: Session,
  ports: readonly number[],
  atMostMs: number,
  signal: AbortSignal,
): Promise<DebugTarget["inspectors"]> {
  const { clock } = session;
  const end = clock.now() + atMostMs;
  for (;;) {
    const answers = await Promise.all(ports.map(async (port) => ({ port, inspector: await askInspector(port) })));
    const found = answers.flatMap(({ port, inspector }) => (inspector ? [{ port, ...inspector }] : []));
    if (found.length === ports.length || clock.now() > end) return found;
    await clock.sleep(pauseMs, signal);
  }
}

async function restart(
  session: Session,
  source: StackSource,
  name: string,
  emit: Emit,
  signal: AbortSignal,
): Promise<void> {
  const flags = { build: false, noDeps: true, forceRecreate: false, removeOrphans: false, dryRun: false, watch: true };
  await up(session, { source, services: [name], ...flags }, emit, signal);
}

/** The wanted ports, those of before, or the first that are free. @throws DevError NO_DEBUG_PORT */
async function choosePort(
  wanted: number | undefined,
  count: number,
  before: DebugEntry | undefined,
  others: readonly DebugEntry[],
): Promise<number> {
  const { askPort } = await import("@drydock/processes");
  const own = new Set(before ? portsOf(before) : []);
  const taken = new Set(others.flatMap(portsOf));
  const areFree = async (first: number) => {
    for (let port = first; port < first + count; port++)
      if (taken.has(port) || (!own.has(port) && (await askPort(port)) !== "free")) return false;
    return true;
  };
  if (wanted !== undefined) {
    if (await areFree(wanted)) return wanted;
    throw noDebugPort(wanted, count);
  }
  if (before && before.replicas === count) return before.port;
  for (let port = usualPort; port < lastPort; port += count) if (await areFree(port)) return port;
  throw noDebugPort(usualPort, lastPort - usualPort);
}

const portsOf = ({ port, replicas }: DebugEntry): readonly number[] =>
  Array.from({ length: replicas }, (_, index) => port + index);

async function lastLines(session: Session, name: string, signal: AbortSignal): Promise<readonly string[]> {
  const { engine, environment } = session.stack;
  const [first] = instancesOf(await session.observe(signal), name);
  if (!first) return [];
  return (await engine.explain(name, first.number, environment, signal)).lastLines.slice(-5);
}
