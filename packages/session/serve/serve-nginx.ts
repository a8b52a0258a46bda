import { never, type Served } from "./served.ts";

/** A server that takes its configuration anew when it is told to. */
export interface ServedProxy extends Served {
  /** @throws DevError NGINX_SYNTAX and those of startEdge; the old configuration goes on serving */
  reload(): Promise<void>;
  /** Resolves when no request is under way with a configuration from before the last reload. */
  drained(): Promise<void>;
}

/** Runs the embedded edge on an nginx configuration file. @throws DevError NGINX_SYNTAX with every mistake, and those of startEdge */
export async function serveNginx(configurationFile: string, log: (line: string) => void): Promise<ServedProxy> {
  const { startEdge } = await import("@drydock/edge");
  const edge = await startEdge({ configuration: configurationFile, log });
  return {
    title: "embedded edge",
    uris: edge.addresses.map(({ host, port }) => `${host}:${port}`),
    get notices() {
      return edge.notices;
    },
    ended: never,
    reload: () => edge.reload(),
    drained: () => edge.drained(),
    stop: () => edge.stop(),
  };
}
