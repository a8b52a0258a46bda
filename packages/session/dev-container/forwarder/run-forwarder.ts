import { chmod, mkdir, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { dirname, join } from "node:path";
import type { Relay } from "@drydock/devcontainer";
import { jsonState } from "../../json-state.ts";
import { socketPath } from "../../socket-path.ts";
import { endForwarder } from "./ask-forwarder.ts";
import type { ForwarderRequest, ForwarderState } from "./protocol.ts";

// A way into a running container that closes sooner than this closes again: another one would, too.
const shortestLifeMs = 1_000;

/**
 * Is the process that holds a dev container's forwarded ports: listens, answers who asks at its socket, and ends when the container stops, when it is
 * asked to, or at the signal. One that runs for the folder already is ended first. Calls `onBegin` when every port that can be had is held.
 * @throws what keeps it from listening
 */
export async function runForwarder(
  folder: string,
  asked: ForwarderRequest,
  variables: Readonly<Record<string, string>>,
  onBegin: () => void,
  signal: AbortSignal,
): Promise<void> {
  const { Forwarder, formatPortPlace, openRelay } = await import("@drydock/devcontainer");
  const { askPort, findPortHolder } = await import("@drydock/processes");
  await endForwarder(folder);
  const socket = socketPath(folder);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(join(dirname(folder), ".gitignore"), "*\n");
  await rm(socket, { force: true });

  const ports = jsonState<Readonly<Record<string, number>>>(join(folder, "ports.json"), {});
  let relay = await openRelay(asked.containerId, variables);
  const forwarder = new Forwarder(relay);
  const end = new AbortController();
  const server = answerAt(async (): Promise<ForwarderState> => {
    return { pid: process.pid, ...asked, forwardings: await forwarder.check() };
  }, end);
  try {
    const machine = { ask: askPort, holder: findPortHolder, last: ports.read() };
    const held = await forwarder.listen(asked.forwards, machine);
    const kept = held.flatMap((each) =>
      each.localPort === undefined ? [] : [[formatPortPlace(each), each.localPort] as const],
    );
    ports.write({ ...ports.read(), ...Object.fromEntries(kept) });
    await listen(server, socket);
    onBegin();
    const stop = AbortSignal.any([signal, end.signal]);
    for (let next: Relay | undefined = relay; next; ) {
      relay = next;
      forwarder.use(relay);
      next = await after(relay, () => openRelay(asked.containerId, variables), asked, variables, stop);
    }
  } finally {
    relay.close();
    await forwarder.close();
    await rm(socket, { force: true });
    server.close();
    server.closeAllConnections();
  }
}

/** Waits for the end of a relay; a new one where only the relay ended and the container runs on. */
async function after(
  relay: Relay,
  open: () => Promise<Relay>,
  { containerId }: ForwarderRequest,
  variables: Readonly<Record<string, string>>,
  stop: AbortSignal,
): Promise<Relay | undefined> {
  const openedAt = performance.now();
  await Promise.race([relay.ended, aborted(stop)]);
  if (stop.aborted || performance.now() - openedAt < shortestLifeMs) return undefined;
  const { dockerCli } = await import("@drydock/devcontainer");
  const asking = dockerCli(variables)(["inspect", "--format", "{{.State.Running}}", containerId], stop);
  const isRunning = (await asking.catch(() => "")).trim() === "true";
  return isRunning ? open() : undefined;
}

function answerAt(state: () => Promise<ForwarderState>, end: AbortController): Server {
  return createServer(async (request, response) => {
    response.setHeader("content-type", "application/json");
    if (request.method === "POST" && request.url === "/end") {
      response.end(`{"isEnding":true}\n`, () => end.abort());
      return;
    }
    response.end(`${JSON.stringify(await state())}\n`);
  });
}

/** Only the owner may connect: the folder is 0700 and the socket 0600. */
function listen(server: Server, socket: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(socket, () => resolve(process.platform === "win32" ? undefined : chmod(socket, 0o600)));
  });
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
