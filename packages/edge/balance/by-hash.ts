import type { PeerState } from "./peer-state.ts";

// ngx_http_upstream_module: after this many servers that are not live, hashing gives way to turns.
const mostRehashes = 20;

/** `ip_hash`: the first three numbers of an IPv4 address, or a whole IPv6 address, choose the server. */
export function byAddress(
  all: readonly PeerState[],
  isLive: (state: PeerState) => boolean,
  address: string,
): PeerState | undefined {
  const bytes = address.includes(":") ? [...Buffer.from(address)] : address.split(".").slice(0, 3).map(Number);
  let hash = 89;
  for (let round = 0; round < mostRehashes; round++) {
    for (const byte of bytes) hash = (hash * 113 + byte) % 6271;
    const state = atWeight(all, hash);
    if (state && isLive(state)) return state;
  }
  return undefined;
}

/** `hash key`: the checksum of the key chooses. */
export function byKey(
  all: readonly PeerState[],
  isLive: (state: PeerState) => boolean,
  key: string,
): PeerState | undefined {
  let hash = 0;
  for (let round = 0; round < mostRehashes; round++) {
    const text = round === 0 ? key : `${round}${key}`;
    hash += (crc32(Buffer.from(text)) >>> 16) & 0x7fff;
    const state = atWeight(all, hash);
    if (state && isLive(state)) return state;
  }
  return undefined;
}

function atWeight(all: readonly PeerState[], hash: number): PeerState | undefined {
  const total = all.reduce((sum, { peer }) => sum + peer.weight, 0);
  let rest = hash % total;
  for (const state of all) {
    rest -= state.peer.weight;
    if (rest < 0) return state;
  }
  return all[0];
}

/** Points on a circle, 160 for each unit of weight: a key goes to the next one. A server that comes or goes moves only its share. */
export function makeCircle(
  all: readonly PeerState[],
): (isLive: (state: PeerState) => boolean, key: string) => PeerState | undefined {
  const points = all
    .flatMap((state) =>
      Array.from({ length: 160 * state.peer.weight }, (_, index) => ({
        at: crc32(Buffer.from(`${state.peer.address} ${index}`)),
        state,
      })),
    )
    .sort((a, b) => a.at - b.at);
  return (isLive, key) => {
    const hash = crc32(Buffer.from(key));
    const start = Math.max(
      0,
      points.findIndex(({ at }) => at >= hash),
    );
    for (let step = 0; step < points.length; step++) {
      const state = points[(start + step) % points.length]?.state;
      if (state && isLive(state)) return state;
    }
    return undefined;
  };
}

const table = Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});

/** CRC-32 (ISO 3309). */
function crc32(bytes: Buffer): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = (value >>> 8) ^ (table[(value ^ byte) & 0xff] ?? 0);
  return (value ^ 0xffffffff) >>> 0;
}
