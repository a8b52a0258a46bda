/** What has to outlive the supervisor. Plain data. */
export interface DockerStateData {
  /** By container id: what it was made from. */
  readonly containers: Readonly<Record<string, ContainerRecord>>;
  /** By `service hostIp:port:target/protocol`: the host port that was given out instead. */
  readonly movedPorts: Readonly<Record<string, number>>;
}

/** What is remembered of a container that `prepare` made or confirmed. */
export interface ContainerRecord {
  readonly service: string;
  readonly number: number;
  readonly fingerprint: string;
  /** The image that the service's tag pointed to at that time. */
  readonly imageId: string;
  /** We stopped it: whatever its exit code, it did not fail. */
  readonly isStoppedByUs: boolean;
}

/** Keeps `DockerStateData`. The session persists it as JSON; both calls are synchronous and do not throw. */
export interface DockerState {
  read(): DockerStateData;
  write(data: DockerStateData): void;
}

export const emptyDockerState: DockerStateData = { containers: {}, movedPorts: {} };

/** A state that lives as long as this process, for questions asked without a supervisor and for tests. */
export function createMemoryState(data: DockerStateData = emptyDockerState): DockerState {
  let kept = data;
  return {
    read: () => kept,
    write: (next) => {
      kept = next;
    },
  };
}

/** Changes what is remembered of one container; without a record nothing happens. */
export function updateRecord(state: DockerState, id: string, change: Partial<ContainerRecord>): void {
  const data = state.read();
  const record = data.containers[id];
  if (!record) return;
  state.write({ ...data, containers: { ...data.containers, [id]: { ...record, ...change } } });
}

/** Forgets a container. */
export function forgetContainer(state: DockerState, id: string): void {
  const { [id]: forgotten, ...containers } = state.read().containers;
  if (forgotten) state.write({ ...state.read(), containers });
}
