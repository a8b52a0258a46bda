import { request } from "node:http";
import { createConnection } from "node:net";
import { socketPath } from "../../socket-path.ts";
import type { ForwarderState } from "./protocol.ts";

const patienceMs = 10_000;

/** What the forwarder of a folder holds now; undefined when none runs. */
export async function askForwarder(folder: string): Promise<ForwarderState | undefined> {
  const text = await call(folder, "GET", "/");
  return text === undefined ? undefined : (JSON.parse(text) as ForwarderState);
}

/** Ends it, and resolves when its ports are free. False: none ran. */
export async function endForwarder(folder: string): Promise<boolean> {
  // Its end closes every connection.
  const ended = new Promise<void>((resolve) => {
    const connection = createConnection(socketPath(folder));
    connection.on("error", () => undefined);
    connection.once("close", () => resolve());
  });
  const answer = await call(folder, "POST", "/end");
  await ended;
  return answer !== undefined;
}

function call(folder: string, method: string, path: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const outgoing = request(
      { socketPath: socketPath(folder), method, path, timeout: patienceMs, agent: false },
      (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (chunk: string) => {
          text += chunk;
        });
        response.on("close", () => resolve(response.complete ? text : undefined));
      },
    );
    outgoing.on("error", () => resolve(undefined));
    outgoing.on("timeout", () => outgoing.destroy());
    outgoing.end();
  });
}
