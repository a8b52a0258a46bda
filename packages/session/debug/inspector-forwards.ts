import { spawn } from "node:child_process";
import { createServer, type Server, type Socket } from "node:net";
import { debugVariable } from "@drydock/core";
import type { Session } from "../session.ts";
import type { DebugBook } from "./debug-book.ts";
import { portInContainer } from "./inspect-hook.ts";

// Inside the container: its own loopback, joined to the streams of this process.
const join = `const socket = require("net").connect(${portInContainer}, "127.0.0.1");
socket.on("error", () => process.exit(1)).on("close", () => process.exit(0));
process.stdin.pipe(socket);
socket.pipe(process.stdout);`;

/**
 * Ports of this machine that lead to the inspectors inside containers. Each connection goes through a process in the container, so that the inspector need
 * not listen for anybody else, on any engine, near or far.
 */
export class InspectorForwards {
  readonly #session: Session;
  readonly #open = new Map<number, { readonly server: Server; readonly sockets: Set<Socket> }>();

  constructor(session: Session) {
    this.#session = session;
    session.ended.addEventListener("abort", () => void this.follow({}), { once: true });
  }

  /** Opens the ports that the book has for containers, and closes all others. @throws the system's error for a port that is taken */
  async follow(book: DebugBook): Promise<void> {
    const wanted = new Map<number, { readonly service: string; readonly number: number }>();
    for (const [service, { engine, port, replicas }] of Object.entries(book))
      if (engine === "docker")
        for (let index = 0; index < replicas; index++) wanted.set(port + index, { service, number: index + 1 });
    for (const port of [...this.#open.keys()]) if (!wanted.has(port)) this.#close(port);
    for (const [port, { service, number }] of wanted)
      if (!this.#open.has(port)) await this.#listen(port, service, number);
  }

  async #listen(port: number, service: string, number: number): Promise<void> {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.once("close", () => sockets.delete(socket)).on("error", () => socket.destroy());
      void this.#lead(socket, service, number).catch(() => socket.destroy());
    });
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, "127.0.0.1", resolve);
    });
    this.#open.set(port, { server, sockets });
  }

  async #lead(socket: Socket, service: string, number: number): Promise<void> {
    const { engine, environment } = this.#session.stack;
    const request = { service, number, command: ["node", "-e", join], environment: { [debugVariable]: "" } };
    const { command, directory, environment: env } = await engine.exec(request, environment, this.#session.ended);
    const [program = "", ...words] = command;
    const child = spawn(program, words, { cwd: directory, env, stdio: ["pipe", "pipe", "ignore"], windowsHide: true });
    child.once("error", () => socket.destroy());
    child.once("close", () => socket.destroy());
    child.stdin.on("error", () => socket.destroy());
    socket.once("close", () => child.kill());
    socket.pipe(child.stdin);
    child.stdout.pipe(socket);
  }

  #close(port: number): void {
    const known = this.#open.get(port);
    this.#open.delete(port);
    known?.server.close();
    for (const socket of known?.sockets ?? []) socket.destroy();
  }
}
