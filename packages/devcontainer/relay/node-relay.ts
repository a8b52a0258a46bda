import { type ChildProcess, spawn } from "node:child_process";
import { type ClientHttp2Session, connect } from "node:http2";
import type { Duplex, Readable, Writable } from "node:stream";
import type { PortPlace } from "../configuration/configuration.ts";
import { type Relay, Unreachable } from "./relay.ts";
import { relayAgentSource } from "./relay-agent.ts";
import { socketPair } from "./socket-pair.ts";

const windowBytes = 4 * 1024 * 1024;

/** Starts the agent in a container that has Node, one process for all connections; undefined where it does not start. */
export function openNodeRelay(
  containerId: string,
  variables: Readonly<Record<string, string>>,
): Promise<Relay | undefined> {
  const child = spawn("docker", ["exec", "--interactive", containerId, "node", "-e", relayAgentSource()], {
    env: { ...variables },
    stdio: ["pipe", "pipe", "ignore"],
    windowsHide: true,
  });
  return relayThrough(child);
}

/** The way that an agent opens, which was just started with pipes; undefined when it ends before it says anything. */
export async function relayThrough(child: AgentProcess): Promise<Relay | undefined> {
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  const { near, far } = await socketPair();
  for (const stream of [near, far, child.stdin, child.stdout]) stream.on("error", () => undefined);
  child.stdout.pipe(far).pipe(child.stdin);
  const session = connect("http://container", {
    createConnection: () => near,
    settings: { initialWindowSize: windowBytes },
    maxSessionMemory: 100,
  });
  session.on("error", () => undefined);
  // The pair of sockets may end one before the other; without an agent there is nothing to wait for.
  void ended.then(() => session.destroy());
  // Settings are the first that a server says (RFC 9113, section 3.4): then the agent runs.
  const answers = new Promise<true>((resolve) => session.once("remoteSettings", () => resolve(true)));
  if (!(await Promise.race([answers, ended]))) return undefined;
  session.setLocalWindowSize(4 * windowBytes);
  return { connect: (place) => openTunnel(session, place), ended, close: () => end(session, child) };
}

type AgentProcess = ChildProcess & { readonly stdin: Writable; readonly stdout: Readable };

function openTunnel(session: ClientHttp2Session, { host, port }: PortPlace): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    if (session.closed || session.destroyed) throw new Unreachable("the container stopped");
    const tunnel = session.request({ ":method": "CONNECT", ":authority": `${host}:${port}` }, { endStream: false });
    tunnel.once("response", (headers) => {
      if (Number(headers[":status"]) === 200) return resolve(tunnel);
      tunnel.close();
      reject(new Unreachable(String(headers.reason ?? "refused")));
    });
    tunnel.once("error", (error) => reject(new Unreachable(error.message)));
    tunnel.once("close", () => reject(new Unreachable("the container stopped")));
  });
}

function end(session: ClientHttp2Session, child: ChildProcess): void {
  session.destroy();
  child.kill();
}
