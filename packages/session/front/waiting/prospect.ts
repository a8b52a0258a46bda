import type { HostPort } from "@drydock/core";
import type { FrontUpstream } from "@drydock/nginx";
import type { Session } from "../../session.ts";
import { planLocalSites } from "../local-place.ts";
import { isUpstreamOf } from "../plan-sites.ts";

/** What may become of a request that waits for a service. */
export interface Prospect {
  readonly scheme: FrontUpstream["scheme"];
  /** Where the service answers, or may in a moment. */
  readonly servers: readonly HostPort[];
  /** Somebody is starting it, or changing the stack: it is worth waiting for. */
  readonly isComing: boolean;
  /** What is said when it does not come. */
  readonly text: string;
}

/** Who knows what becomes of services. */
export interface Prospects {
  /** By the upstream's name; undefined: there is no such upstream now. */
  of(upstream: string): Prospect | undefined;
  /** Calls back after each change, until what this returns is called. */
  onChange(listener: () => void): () => void;
}

const starting: ReadonlySet<string> = new Set(["waiting", "starting", "restarting"]);

/** The prospects of a session's services, as its events tell them. */
export function sessionProspects(session: Session): Prospects {
  return {
    of(name) {
      const { environment, settings } = session.stack;
      const routes = planLocalSites(environment, settings, session.board.all).sites.flatMap((site) => site.routes);
      for (const { answer } of routes) {
        if (answer.kind !== "service" || answer.upstream.name !== name) continue;
        const { scheme, servers } = answer.upstream;
        const isStarting = session.board.all.some(
          ({ service, state }) => isUpstreamOf(name, service) && starting.has(state),
        );
        return { scheme, servers, isComing: session.isChanging || isStarting, text: answer.unavailable ?? "" };
      }
      return undefined;
    },
    onChange: (listener) =>
      session.hub.subscribe(({ kind }) => {
        if (kind === "instance" || kind === "gone") listener();
      }),
  };
}
