import { type ChildProcess, spawn } from "node:child_process";
import type { Duplex } from "node:stream";
import type { PortPlace } from "../configuration/configuration.ts";
import { type Relay, Unreachable } from "./relay.ts";
import { socketPair } from "./socket-pair.ts";

// Whatever the image has that connects its standard input and output to a port. What is written first is one line: whether it did.
const script = `
host=$1 port=$2
if command -v socat >/dev/null; then echo ok; exec socat - "TCP:$host:$port"
elif command -v bash >/dev/null; then
  exec bash -c 'exec 3<>"/dev/tcp/$1/$2" || exit 1; exec 4<&0; echo ok; cat <&4 >&3 & cat <&3; kill $!' - "$host" "$port"
elif command -v python3 >/dev/null; then
  exec python3 -c '
import os, socket, sys, threading
s = socket.create_connection((sys.argv[1], int(sys.argv[2])))
os.write(1, b"ok\\n")
def send():
    while True:
        d = os.read(0, 65536)
        if not d: break
        s.sendall(d)
    s.shutdown(socket.SHUT_WR)
threading.Thread(target=send, daemon=True).start()
while True:
    d = s.recv(65536)
    if not d: break
    while d: d = d[os.write(1, d):]
' "$host" "$port"
elif command -v nc >/dev/null; then echo ok; exec nc "$host" "$port"
else exit 127
fi`;

/** The way into a container without Node: a process in it for each connection. */
export function openShellRelay(containerId: string, variables: Readonly<Record<string, string>>): Relay {
  // It ends when the container does.
  const waiting = run(["wait", containerId], variables);
  waiting.stdout?.resume();
  const children = new Set<ChildProcess>([waiting]);
  return {
    async connect(place) {
      const child = run(
        ["exec", "--interactive", containerId, "sh", "-c", script, "sh", place.host, String(place.port)],
        variables,
      );
      children.add(child);
      child.once("close", () => children.delete(child));
      return tunnelOf(child, place);
    },
    ended: new Promise((resolve) => {
      waiting.once("exit", () => resolve());
      waiting.once("error", () => resolve());
    }),
    close() {
      for (const child of children) child.kill();
    },
  };
}

function run(words: readonly string[], variables: Readonly<Record<string, string>>): ChildProcess {
  return spawn("docker", words, { env: { ...variables }, stdio: ["pipe", "pipe", "ignore"], windowsHide: true });
}

async function tunnelOf(child: ChildProcess, { host, port }: PortPlace): Promise<Duplex> {
  const { stdin, stdout } = child;
  if (!stdin || !stdout) throw new Unreachable("docker exec could not be started");
  stdin.on("error", () => undefined);
  const greeting = await new Promise<boolean>((resolve) => {
    stdout.once("readable", () => resolve(stdout.read(3)?.toString() === "ok\n"));
    child.once("close", () => resolve(false));
    child.once("error", () => resolve(false));
  });
  if (!greeting) {
    child.kill();
    throw new Unreachable(`nothing answers at ${host}:${port}`);
  }
  const { near, far } = await socketPair();
  far.on("error", () => undefined);
  stdout.on("error", () => undefined);
  stdout.pipe(far).pipe(stdin);
  near.once("close", () => child.kill());
  return near;
}
