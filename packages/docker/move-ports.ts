import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ApplyContext, Service } from "@drydock/core";
import type { EngineScope } from "./engine-scope.ts";
import { portTaken } from "./errors.ts";
import { findFreePort, isPortFree } from "./host-ports.ts";
import { projectLabel, serviceLabel } from "./labels.ts";
import type { ListedContainer } from "./listed-container.ts";
import { claimKey, type PortClaim, portClaims, portOverride } from "./port-claims.ts";
import { portHolder } from "./port-holder.ts";

/**
 * Gives services whose host ports are taken other ones, and writes a Compose file that says so; undefined where nothing had to
 * move. A port once given is given again, so that a checkout keeps its addresses; `refused` are ports that the engine itself could not take.
 * @throws DevError PORT_TAKEN where the service is pinned to its port
 */
export async function movePorts(
  scope: EngineScope,
  services: readonly Service[],
  refused: ReadonlySet<number>,
  context: ApplyContext,
): Promise<string | undefined> {
  const claims = services.flatMap(portClaims);
  if (claims.length === 0) return undefined;
  const table = new PortTable(scope, await scope.api.listContainers([], context.signal), refused, context);
  const moved = new Map<string, number>();
  for (const claim of claims) {
    const port = await table.give(claim);
    if (port !== claim.port) moved.set(claimKey(claim), port);
  }
  if (moved.size === 0) return undefined;
  const concerned = services.filter((service) => portClaims(service).some((claim) => moved.has(claimKey(claim))));
  const path = join(scope.options.folder, "compose.ports.yml");
  await mkdir(scope.options.folder, { recursive: true });
  await writeFile(path, portOverride(concerned, moved));
  return path;
}

/** Who holds which port, and what was given out already. */
class PortTable {
  readonly #scope: EngineScope;
  readonly #containers: readonly ListedContainer[];
  readonly #refused: ReadonlySet<number>;
  readonly #context: ApplyContext;
  readonly #given = new Set<number>();

  constructor(
    scope: EngineScope,
    containers: readonly ListedContainer[],
    refused: ReadonlySet<number>,
    context: ApplyContext,
  ) {
    this.#scope = scope;
    this.#containers = containers;
    this.#refused = refused;
    this.#context = context;
  }

  async give(claim: PortClaim): Promise<number> {
    const before = this.#remembered(claim);
    if (before !== undefined && (await this.#isFree(claim, before))) return this.#grant(before);
    if (before === undefined && (await this.#isFree(claim, claim.port))) return this.#grant(claim.port);
    const holder = await this.#holderOf(claim);
    if (claim.isPinned) throw portTaken(claim.port, claim.service, holder, "pinned");
    const port = await findFreePort(claim.port, claim.hostIp, claim.protocol, (each) => !this.#isOffered(claim, each));
    this.#remember(claim, port);
    this.#context.emit({
      kind: "notice",
      at: this.#scope.options.clock.now(),
      level: "warning",
      message: `Port ${claim.port}, wanted by "${claim.service}", is held by ${holder}; it gets ${port} instead`,
      hint: `It keeps ${port} from now on; x-dev.pin: true insists on ${claim.port}.`,
    });
    return this.#grant(port);
  }

  #remembered(claim: PortClaim): number | undefined {
    return claim.isPinned ? undefined : this.#scope.options.state.read().movedPorts[claimKey(claim)];
  }

  #remember(claim: PortClaim, port: number): void {
    const { state } = this.#scope.options;
    const data = state.read();
    state.write({ ...data, movedPorts: { ...data.movedPorts, [claimKey(claim)]: port } });
  }

  #grant(port: number): number {
    this.#given.add(port);
    return port;
  }

  async #isFree(claim: PortClaim, port: number): Promise<boolean> {
    if (this.#isOurs(claim, port)) return true;
    if (!this.#isOffered(claim, port)) return false;
    // Another machine's ports cannot be tried from here: its containers are all that is known of them.
    return !isOnThisMachine(this.#scope) || isPortFree(port, claim.hostIp, claim.protocol);
  }

  #isOffered(claim: PortClaim, port: number): boolean {
    return !this.#refused.has(port) && !this.#given.has(port) && this.#containerOn(claim, port) === undefined;
  }

  /** The service's own container holds it now, and is about to be replaced or left as it is. */
  #isOurs(claim: PortClaim, port: number): boolean {
    const { labels } = this.#containerOn(claim, port) ?? { labels: {} as Readonly<Record<string, string>> };
    return labels[projectLabel] === this.#context.environment.project && labels[serviceLabel] === claim.service;
  }

  #containerOn({ protocol }: PortClaim, port: number): ListedContainer | undefined {
    return this.#containers.find(({ publishedPorts }) =>
      publishedPorts.some((each) => each.port === port && each.protocol === protocol),
    );
  }

  async #holderOf(claim: PortClaim): Promise<string> {
    const container = this.#containerOn(claim, claim.port);
    if (container) {
      const project = container.labels[projectLabel];
      return `the container ${container.name}${project === undefined ? "" : ` (project ${project})`}`;
    }
    if (this.#given.has(claim.port)) return "another service of this stack";
    return isOnThisMachine(this.#scope) ? portHolder(claim.port) : "a program on the engine's machine";
  }
}

function isOnThisMachine({ options }: EngineScope): boolean {
  return !/^(tcp|ssh|https?):/.test(options.host.host.url);
}
