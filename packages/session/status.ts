import { instancesOf } from "@drydock/core";
import { backupState } from "./data/backup/backup-state.ts";
import { mainUrl, urlsOf } from "./service-urls.ts";
import type { Session } from "./session.ts";
import type { ServiceStatus, Status } from "./supervisor.ts";

/** The state of every service, asked of the engine now. @throws DevError NOTHING_RUNS */
export async function readStatus(session: Session, signal: AbortSignal): Promise<Status> {
  const { environment, engine } = session.stack;
  await session.observe(signal);
  const instances = session.board.all;
  const names = [
    ...new Set([...environment.services.map((service) => service.name), ...instances.map((each) => each.service)]),
  ];
  const front = session.front?.urls;
  const { everyMs, schedule } = session.stack.settings.backup;
  const isScheduled = everyMs !== undefined || schedule !== undefined;
  const url = front?.main ?? mainUrl(environment, instances);
  const trust = front?.main === undefined ? {} : { isTrusted: await isTrusted(front.authorityFolder) };
  return {
    project: environment.project,
    directory: environment.directory,
    ...(session.branch === undefined ? {} : { branch: session.branch }),
    engine: engine.description,
    supervisorPid: process.pid,
    ...(url === undefined ? {} : { url }),
    ...trust,
    ...(isScheduled ? { backup: backupState(session.folder).read() } : {}),
    services: names.map((name): ServiceStatus => {
      const own = instancesOf({ instances, networks: [], volumes: [] }, name);
      const wantedReplicas = environment.services.find((service) => service.name === name)?.replicas ?? 0;
      return {
        name,
        wantedReplicas,
        instances: own,
        urls: [...(front?.services.get(name) ?? []), ...own.flatMap(({ addresses }) => urlsOf(addresses))],
      };
    }),
  };
}

async function isTrusted(authorityFolder: string): Promise<boolean> {
  const { isTrusted: isAuthorityTrusted } = await import("@drydock/certs");
  return isAuthorityTrusted(authorityFolder);
}
