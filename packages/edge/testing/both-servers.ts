import { startEdge } from "../start-edge.ts";
import { startRealNginx, wholeConfiguration, whyNoNginx } from "./real-nginx.ts";

export interface Running {
  stop(): Promise<void>;
}

interface ServerUnderTest {
  readonly name: string;
  readonly skips: boolean;
  /** Serves the inside of an `http { }` that listens on `port`. `log` takes what goes to /dev/stdout. */
  start(http: string, port: number, log?: (line: string) => void): Promise<Running>;
}

const missing = whyNoNginx();

/** nginx itself and the edge, which are held to the same behaviours. */
export const servers: readonly ServerUnderTest[] = [
  {
    name: missing ? `nginx (skipped: ${missing})` : "nginx itself",
    skips: missing !== undefined,
    start: startRealNginx,
  },
  {
    name: "the embedded edge",
    skips: false,
    start: (http, _, log = () => undefined) =>
      startEdge({
        configuration: { file: "/tmp/table/nginx.conf", read: () => wholeConfiguration(http, "/tmp/table") },
        log,
      }),
  },
];
