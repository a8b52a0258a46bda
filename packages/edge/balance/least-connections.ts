import type { PeerState } from "./peer-state.ts";
import { weightedTurn } from "./weighted-turns.ts";

/** The servers with the fewest requests for their weight, in turns (ngx_http_upstream_module, least_conn). */
export function leastConnections(states: readonly PeerState[]): PeerState | undefined {
  const load = ({ connections, peer }: PeerState) => connections / peer.weight;
  const least = Math.min(...states.map(load));
  return weightedTurn(states.filter((state) => load(state) === least));
}
