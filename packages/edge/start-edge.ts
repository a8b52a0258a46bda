import type { HostPort } from "@drydock/core";
import { LimitZones } from "./access/limit-zones.ts";
import { EdgeCounters } from "./edge-counters.ts";
import { type EdgeParts, Generation } from "./generation.ts";
import { Listeners } from "./listeners.ts";
import { type ConfigurationSource, fileSource, loadConfiguration } from "./load-configuration.ts";
import { LogFiles } from "./log-files.ts";
import { Carriers } from "./proxy/carriers.ts";
import type { EdgeRequest } from "./request-event.ts";

/** What an edge is started with. */
export interface EdgeOptions {
  /** An nginx configuration file, or another source of such a text. */
  readonly configuration: string | ConfigurationSource;
  /** Takes each line of the access logs that go to standard output, and each line about a request that went wrong. */
  readonly log: (line: string) => void;
  /** Takes each answered request. It must be quick: the answer of others waits for it. */
  readonly onRequest?: (request: EdgeRequest) => void;
}

/** An edge that serves. */
export interface Edge {
  /** Where it listens, with the ports that the system chose for port 0. */
  readonly addresses: readonly HostPort[];
  /** What the configuration says and the edge does not do: `file:line: directive x is not honoured by the embedded edge`. */
  readonly notices: readonly string[];
  /**
   * Reads the configuration again. New connections go to the new one at once; requests under way are answered by the old one.
   * @throws DevError NGINX_SYNTAX, EDGE_CANNOT_READ, EDGE_CANNOT_LISTEN, EDGE_BAD_CERTIFICATE: the old one goes on serving
   */
  reload(): Promise<void>;
  /** Resolves when no request is under way with any configuration that another one has taken the place of by now: what it led to may be stopped then. */
  drained(): Promise<void>;
  /** Takes no more connections, lets requests under way end for at most `graceMs` (5 seconds unless said), and ends the rest. */
  stop(graceMs?: number): Promise<void>;
}

/**
 * Serves an nginx configuration from this process.
 * @throws DevError NGINX_SYNTAX with every mistake, EDGE_CANNOT_READ, EDGE_CANNOT_LISTEN, EDGE_BAD_CERTIFICATE
 */
export async function startEdge(options: EdgeOptions): Promise<Edge> {
  const source = typeof options.configuration === "string" ? fileSource(options.configuration) : options.configuration;
  const logFiles = new LogFiles(options.log);
  const parts: EdgeParts = {
    limits: new LimitZones(),
    logFiles,
    counters: new EdgeCounters(),
    log: options.log,
    onRequest: options.onRequest,
  };
  const listeners = new Listeners();
  const makeGeneration = async (): Promise<Generation> => {
    const { configuration, prefix } = loadConfiguration(source);
    const generation = new Generation(configuration, prefix, parts, new Carriers());
    await listeners.take(generation);
    return generation;
  };
  let current = await makeGeneration();
  let last: Promise<unknown> = Promise.resolve();
  let draining: Promise<unknown> = Promise.resolve();
  const replace = async (): Promise<void> => {
    const before = current;
    current = await makeGeneration();
    before.carriers.close();
    draining = Promise.all([draining, before.idle()]);
  };
  return {
    get addresses() {
      return listeners.addresses;
    },
    get notices() {
      return noticesOf(current);
    },
    reload: () => {
      // One after the other: each starts from what the one before left.
      const next = last.then(replace);
      last = next.catch(() => undefined);
      return next;
    },
    drained: async () => void (await draining),
    stop: async (graceMs = 5000) => {
      await listeners.close(graceMs);
      current.carriers.destroy();
      await logFiles.close();
    },
  };
}

function noticesOf({ configuration }: Generation): readonly string[] {
  return configuration.notices.map(({ place, message }) => {
    const where = place ? `${place.file}:${place.line}: ` : "";
    return message.endsWith("is not honoured by the embedded edge")
      ? `${where}directive ${message}`
      : `${where}${message}`;
  });
}
