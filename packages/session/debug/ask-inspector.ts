import { get } from "node:http";

/** A Node program that listens for a debugger. */
export interface Inspector {
  /** `server.js[71]`: what Node calls it. */
  readonly title: string;
  /** `ws://127.0.0.1:9229/…` */
  readonly url: string;
  /** Opens Chrome's tools for it, in Chrome. */
  readonly devtoolsUrl: string;
}

const patienceMs = 2_000;

/** Who listens at a port of this machine (nodejs.org/learn, "Debugging Node.js": /json/list); undefined: nobody yet. */
export function askInspector(port: number): Promise<Inspector | undefined> {
  return new Promise((resolve) => {
    const outgoing = get(
      { host: "127.0.0.1", port, path: "/json/list", agent: false, timeout: patienceMs },
      (answer) => {
        let text = "";
        answer.setEncoding("utf8").on("data", (chunk: string) => {
          text += chunk;
        });
        answer.once("end", () => resolve(read(text)));
        answer.once("error", () => resolve(undefined));
      },
    );
    outgoing.once("timeout", () => outgoing.destroy());
    outgoing.once("error", () => resolve(undefined));
  });
}

function read(text: string): Inspector | undefined {
  try {
    const [first] = JSON.parse(text) as readonly Readonly<Record<string, string>>[];
    if (first?.webSocketDebuggerUrl === undefined) return undefined;
    const { title = "", webSocketDebuggerUrl: url, devtoolsFrontendUrl = "" } = first;
    return { title, url, devtoolsUrl: devtoolsFrontendUrl };
  } catch {
    return undefined;
  }
}
