import type { Balance, Upstream } from "@drydock/nginx";
import { byAddress, byKey, makeCircle } from "./by-hash.ts";
import { leastConnections } from "./least-connections.ts";
import { type BalanceRequest, type Balancer, PeerState } from "./peer-state.ts";
import { weightedTurn } from "./weighted-turns.ts";

/** Makes what chooses among the servers of an upstream. Backup servers are asked when no other is live. */
export function createBalancer(upstream: Upstream): Balancer {
  const isAlone = upstream.peers.length === 1;
  const states = upstream.peers.map((peer) => new PeerState(peer, isAlone));
  const main = states.filter(({ peer }) => !peer.isBackup);
  const backup = states.filter(({ peer }) => peer.isBackup);
  const choose = chooser(upstream.balance, main);
  return {
    name: upstream.name,
    tries: states.filter(({ peer }) => !peer.isDown).length,
    keepalive: upstream.keepalive,
    keepaliveTimeoutMs: upstream.keepaliveTimeoutMs,
    keepaliveRequests: upstream.keepaliveRequests,
    next: (request) => {
      const now = performance.now();
      const isLive = (state: PeerState) => !request.tried.has(state) && state.isAvailable(now);
      const state = choose(main.filter(isLive), isLive, request) ?? weightedTurn(backup.filter(isLive));
      state?.begin(now);
      return state;
    },
  };
}

type Choose = (
  live: readonly PeerState[],
  isLive: (state: PeerState) => boolean,
  request: BalanceRequest,
) => PeerState | undefined;

function chooser(balance: Balance, all: readonly PeerState[]): Choose {
  switch (balance.kind) {
    case "round-robin":
      return weightedTurn;
    case "least-connections":
      return leastConnections;
    case "random":
      return (live) => (balance.isTwo ? leastConnections(pickTwo(live)) : pickTwo(live)[0]);
    case "ip-hash":
      return (live, isLive, { address }) => byAddress(all, isLive, address) ?? weightedTurn(live);
    case "hash": {
      const circle = balance.isConsistent ? makeCircle(all) : undefined;
      return (live, isLive, { lookup }) => {
        const key = balance.key.evaluate(lookup);
        return (circle ? circle(isLive, key) : byKey(all, isLive, key)) ?? weightedTurn(live);
      };
    }
  }
}

/** Two servers by chance, in a weighted draw. */
function pickTwo(live: readonly PeerState[]): readonly PeerState[] {
  const first = draw(live);
  const second = draw(live.filter((state) => state !== first));
  return [first, second].filter((state) => state !== undefined);
}

function draw(live: readonly PeerState[]): PeerState | undefined {
  let rest = Math.random() * live.reduce((sum, { peer }) => sum + peer.weight, 0);
  for (const state of live) {
    rest -= state.peer.weight;
    if (rest < 0) return state;
  }
  return live.at(-1);
}
