import { join } from "node:path";
import { type Address, instanceLabel, type Service } from "@drydock/core";
import { anyPort, assignPort, type GivenPort, type PortMarket } from "./assign-ports.ts";
import { portTaken } from "./errors.ts";
import { askPort, findFreePort } from "./free-port.ts";
import { HeldPorts } from "./held-ports.ts";
import { findPortHolder } from "./port-holder.ts";
import { readState, writeState } from "./state-file.ts";

/** An instance that needs ports. */
export interface PortRequest {
  readonly service: Service;
  readonly number: number;
  /** Its container ports. */
  readonly targets: readonly number[];
  /** It is about to start, so a pinned port must be free. */
  readonly isStarting: boolean;
}

/** A published port that became another. */
export interface MovedPort {
  readonly label: string;
  readonly from: number;
  readonly to: number;
  readonly why: "taken" | "forbidden";
}

/** A port that an instance had first, and what it has now. */
interface MovedFrom {
  readonly first: number;
  readonly now: () => number;
}

const loopback = "127.0.0.1";

/** Which addresses instances have. */
export interface PortView {
  /** The addresses of an instance, first the most telling port; empty where it has none. */
  addresses(service: Service, number: number, targets: readonly number[]): readonly Address[];
}

/**
 * Which port every instance has. What was given once is kept for the checkout (`ports.json`), so that addresses do not move
 * from one day to the next, and is checked to be free when it is used again.
 */
export class PortBook implements PortView {
  readonly #path: string;
  /** `api.1:3000` to the port of the last time. */
  readonly #last: Map<string, number>;
  /** The same, for what was given or confirmed by this process. */
  readonly #given = new Map<string, number>();
  /** What an instance had before it was moved first: people know it, and the next session gives it again. */
  readonly #first = new Map<string, number>();
  /** What it had before it was moved last: it may go back there. */
  readonly #before = new Map<string, number>();
  /** What second processes have, until they take the place of the first. */
  readonly #lent = new Map<string, number>();
  readonly #held: HeldPorts;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(stateDirectory: string, held = new HeldPorts(stateDirectory)) {
    this.#held = held;
    this.#path = join(stateDirectory, "ports.json");
    this.#last = new Map(Object.entries(parsePorts(readState(this.#path))));
  }

  /** Empty before `assign`. */
  addresses(service: Service, number: number, targets: readonly number[]): readonly Address[] {
    return targets.flatMap((target) => addressOf(target, this.#given.get(key(service.name, number, target))));
  }

  /**
   * Gives these instances their ports; published ones choose first. One call at a time, so that no port is given twice.
   * @throws DevError PORT_TAKEN for a pinned port that somebody else holds
   */
  assign(wanted: readonly PortRequest[]): Promise<readonly MovedPort[]> {
    const turn = this.#turn.then(() => this.#assignAll(wanted));
    this.#turn = turn.catch(() => {});
    return turn;
  }

  /** Other ports for a second process of an instance, by container port. Nobody else is given them; nobody is told of them before `move`. */
  async beside({ name }: Service, number: number, targets: readonly number[]): Promise<ReadonlyMap<number, number>> {
    const ports = new Map<number, number>();
    for (const target of targets) {
      const id = key(name, number, target);
      const others = new Set([
        ...this.#given.values(),
        ...this.#first.values(),
        ...[...this.#lent].flatMap(([each, port]) => (each === id ? [] : port)),
      ]);
      const port = await anyPort(this.#before.get(id), this.#market(others));
      this.#lent.set(id, port);
      ports.set(target, port);
    }
    return ports;
  }

  /** The same book, as if an instance had these ports. */
  seenWith({ name }: Service, number: number, ports: ReadonlyMap<number, number>): PortView {
    return {
      addresses: (service, each, targets) =>
        service.name === name && each === number
          ? targets.flatMap((target) => addressOf(target, ports.get(target)))
          : this.addresses(service, each, targets),
    };
  }

  /** The instance has these ports from now on. */
  move({ name }: Service, number: number, ports: ReadonlyMap<number, number>): void {
    for (const [target, port] of ports) {
      const id = key(name, number, target);
      const before = this.#given.get(id);
      if (before !== undefined && this.#first.has(id)) this.#before.set(id, before);
      else if (before !== undefined) this.#first.set(id, before);
      this.#given.set(id, port);
      this.#lent.delete(id);
    }
  }

  /** Ports that an instance had before it was moved first, each with what it has now, whenever that is asked. */
  movedFrom(service: string, number: number): readonly MovedFrom[] {
    return [...this.#first].flatMap(([id, first]) => {
      const now = () => this.#given.get(id) ?? 0;
      return id.startsWith(key(service, number, "")) && first !== now() ? [{ first, now }] : [];
    });
  }

  /** The instance listens here, whatever it was given: the book follows what was observed. */
  correct(service: string, number: number, target: number, port: number): void {
    this.#given.set(key(service, number, target), port);
  }

  /** Nothing of this book listens any more: others may have the ports. */
  close(): void {
    this.#held.release();
  }

  async #assignAll(wanted: readonly PortRequest[]): Promise<readonly MovedPort[]> {
    const moved: MovedPort[] = [];
    const asks = ({ service }: PortRequest) => service.ports.some(({ published }) => published !== undefined);
    for (const request of [...wanted.filter(asks), ...wanted.filter((each) => !asks(each))]) {
      for (const target of request.targets) {
        const { port, instead } = await this.#assignOne(request, target);
        const label = instanceLabel(request.service.name, request.number, request.service.replicas);
        if (instead) moved.push({ label, from: instead.port, to: port, why: instead.why });
      }
    }
    this.#write();
    return moved;
  }

  #write(): void {
    writeState(this.#path, Object.fromEntries([...this.#last, ...this.#given, ...this.#first]));
  }

  /** The machine's ports; `others` are for other instances. */
  #market(others: ReadonlySet<number>): PortMarket {
    return {
      ask: async (port) => {
        const answer = await askPort(port);
        return answer === "free" && !this.#held.take(port) ? "taken" : answer;
      },
      findFree: async () => {
        for (;;) {
          const port = await findFreePort();
          if (this.#held.take(port)) return port;
        }
      },
      isGiven: (port) => others.has(port),
    };
  }

  async #assignOne({ service, number, isStarting }: PortRequest, target: number): Promise<GivenPort> {
    const id = key(service.name, number, target);
    const others = new Set([...this.#given, ...this.#first].flatMap(([each, port]) => (each === id ? [] : port)));
    const last = this.#given.get(id) ?? this.#last.get(id);
    const answer = await assignPort({ service, number, target, last }, this.#market(others));
    if (answer !== "taken") {
      this.#given.set(id, answer.port);
      return answer;
    }
    const port = Number.parseInt(service.ports.find((each) => each.target === target)?.published ?? "", 10);
    if (isStarting) throw portTaken(port, service.name, await findPortHolder(port));
    this.#given.set(id, port); // it does not start now; until then others reach whoever has the port
    return { port };
  }
}

function addressOf(target: number, port: number | undefined): readonly Address[] {
  return port === undefined ? [] : [{ target, host: loopback, port, isPublished: true }];
}

function key(service: string, number: number, target: number | ""): string {
  return `${service}.${number}:${target}`;
}

function parsePorts(data: unknown): Readonly<Record<string, number>> {
  if (typeof data !== "object" || data === null) return {};
  return Object.fromEntries(
    Object.entries(data).filter((entry): entry is [string, number] => Number.isInteger(entry[1])),
  );
}
