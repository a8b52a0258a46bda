import type { HostPort } from "@drydock/core";
import type { Probe } from "./probe.ts";
import { tcpProbe } from "./tcp-probe.ts";

/**
 * For a server that listens no sooner than it can answer: a connection shows that it is there the first time, and only later checks ask by its protocol. The driver that this
 * takes is loaded when the stack has come up, not while everything starts. `isOwn`: whether it is this server that listens on a port, and no other that had it first.
 */
export function listeningFirst(address: HostPort, later: Probe, isOwn: (port: number) => Promise<boolean>): Probe {
  const first = tcpProbe(address);
  let hasListened = false;
  return {
    label: later.label,
    async check(signal) {
      if (hasListened) return later.check(signal);
      const answer = await first.check(signal);
      if (answer.isReady && !(await isOwn(address.port)))
        return { isReady: false, detail: `another program listens on ${address.host}:${address.port}` };
      hasListened = answer.isReady;
      return answer;
    },
  };
}
