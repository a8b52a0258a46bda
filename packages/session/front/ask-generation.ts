import { request } from "node:https";
import { generationHost } from "@drydock/nginx";

const patienceMs = 2_000;

/** Which generation a front serves, asked over TLS and trusting this authority alone; undefined when it does not answer. */
export function askGeneration(port: number, authorityPem: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const outgoing = request(
      {
        host: "127.0.0.1",
        port,
        path: "/generation",
        headers: { Host: generationHost },
        ca: authorityPem,
        // Whose certificate it is matters, not for which name: this name is nobody's.
        checkServerIdentity: () => undefined,
        agent: false,
        timeout: patienceMs,
      },
      async (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (chunk: string) => {
          text += chunk;
        });
        response.once("end", () => resolve(response.statusCode === 200 ? text : undefined));
        response.once("error", () => resolve(undefined));
      },
    );
    outgoing.once("error", () => resolve(undefined));
    outgoing.once("timeout", () => outgoing.destroy());
    outgoing.end();
  });
}
