import type { PeerState } from "./peer-state.ts";

/** Smooth weighted round robin among the servers that are live: of 5, 1, 1 the first is not asked five times in a row. */
export function weightedTurn(states: readonly PeerState[]): PeerState | undefined {
  let best: PeerState | undefined;
  let total = 0;
  for (const state of states) {
    state.currentWeight += state.effectiveWeight;
    total += state.effectiveWeight;
    if (state.effectiveWeight < state.peer.weight) state.effectiveWeight += 1;
    if (!best || state.currentWeight > best.currentWeight) best = state;
  }
  if (best) best.currentWeight -= total;
  return best;
}
