import type { Prospects } from "../waiting/prospect.ts";

/** Prospects of one service, whatever it is called, as a test sets them. */
export interface FakeProspects extends Prospects {
  /** How many requests wait for a change. */
  readonly waiting: number;
  set(ports: readonly number[], isComing: boolean): void;
}

export function fakeProspects(): FakeProspects {
  const listeners = new Set<() => void>();
  let servers: readonly { host: string; port: number }[] = [];
  let isComing = false;
  return {
    of: () => ({ scheme: "http", servers, isComing, text: "It does not come." }),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    get waiting() {
      return listeners.size;
    },
    set(ports, isOnItsWay) {
      servers = ports.map((port) => ({ host: "127.0.0.1", port }));
      isComing = isOnItsWay;
      for (const listener of [...listeners]) listener();
    },
  };
}
