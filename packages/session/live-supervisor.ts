import { DevError } from "@drydock/core";
import { changeForPerson } from "./change-for-person.ts";
import { BackupScheduler } from "./data/backup/scheduler.ts";
import { BranchFollower } from "./data/branch/follower.ts";
import { stopKeeping } from "./data/seed/keeping.ts";
import { closeDebugBook, debugBook } from "./debug/debug-book.ts";
import { InspectorForwards } from "./debug/inspector-forwards.ts";
import { down } from "./down.ts";
import { takenDown } from "./errors.ts";
import { follow } from "./follow.ts";
import type { Front } from "./front/front.ts";
import { HotReload } from "./hot-reload/hot-reload.ts";
import { Interruptible } from "./interruptible.ts";
import { loadForCleanUp } from "./load-for-clean-up.ts";
import { requireServices } from "./require-services.ts";
import type { Session } from "./session.ts";
import { readStatus } from "./status.ts";
import type { Supervisor } from "./supervisor.ts";
import { up } from "./up.ts";

/** The supervisor's own answers: each method is one use case on the session. */
export function liveSupervisor(session: Session, front?: Front): Supervisor {
  const hotReload = new HotReload(session);
  const follower = new BranchFollower(session);
  const backups = new BackupScheduler(session);
  const forwards = new InspectorForwards(session);
  const coming = new Interruptible();
  return {
    up: (request, emit, client) =>
      coming.run(client, async (signal) => {
        const upAt = session.clock.now();
        try {
          // What fails to be watched now is said when it is to be followed.
          const look = () => void hotReload.open(request.source).catch(() => undefined);
          return await up(session, request, emit, signal, request.watch ? look : undefined);
        } finally {
          // Also where a service did not come up: the correction is about to be saved.
          if (session.hasStack && !request.dryRun)
            await (request.watch ? hotReload.watch(request.source, request.build, upAt) : hotReload.stop());
          if (session.hasStack && !request.dryRun) await follower.update();
          if (session.hasStack && !request.dryRun) backups.update(request.source);
          if (session.hasStack && !request.dryRun) await forwards.follow(debugBook(session.folder).read());
        }
      }),
    async down(request, emit, signal) {
      // Who asks for the end does not wait for a service that may take minutes to become ready, or never does.
      if (!request.dryRun) await coming.interrupt(takenDown());
      if (!request.dryRun) await Promise.all([hotReload.stop(), front?.stop()]);
      if (!request.dryRun) follower.stop();
      if (!request.dryRun) backups.stop();
      if (!request.dryRun) stopKeeping(session);
      if (!request.dryRun) closeDebugBook(session.folder);
      await loadForCleanUp(session, request.source, signal);
      return down(session, request, emit, signal).catch((error: unknown) => {
        // Another `down` was done first and took the session with it: what this one met then is no mistake of anybody.
        throw session.ended.aborted ? session.ended.reason : error;
      });
    },
    restart: ({ services }, emit, client) =>
      coming.run(client, (signal) => changeForPerson(session, "restart", services, emit, signal)),
    stop: ({ services }, emit, client) =>
      coming.run(client, (signal) => changeForPerson(session, "stop", services, emit, signal)),
    start: ({ services }, emit, client) =>
      coming.run(client, (signal) => changeForPerson(session, "start", services, emit, signal)),
    async attach(source, signal) {
      if (!session.hasStack) await session.load(source, [], signal);
      return readStatus(session, signal);
    },
    status: (signal) => readStatus(session, signal),
    follow: (request, emit, signal) => follow(session, request, emit, signal),
    async inferDataset(request, signal) {
      if (!session.hasStack) await session.load(request.source, [], signal);
      const { infer } = await import("./data/seed/infer.ts");
      return infer(session, request, signal);
    },
    async seed(request, emit, signal) {
      // With a server that is named, nothing of the stack needs to run.
      if (!session.hasStack) await session.load(request.source, [], signal);
      const { seed } = await import("./data/seed/seed.ts");
      return seed(session, request, emit, signal);
    },
    async readLogs({ services, since, until, tail, grep }) {
      const pattern = grep === undefined ? undefined : compile(grep);
      return session.logs.read({
        services,
        ...(since === undefined ? {} : { since }),
        ...(until === undefined ? {} : { until }),
        ...(tail === undefined ? {} : { tail }),
        ...(pattern === undefined ? {} : { matches: (text) => pattern.test(text) }),
      });
    },
    async debug(request, emit, signal) {
      const { debugService } = await import("./debug/debug-service.ts");
      try {
        return await debugService(session, forwards, request, emit, signal);
      } finally {
        // A container that was made anew has only what its image has.
        await hotReload.followAgain(request.source);
      }
    },
    explain(service, number, signal) {
      const { engine, environment } = session.stack;
      requireServices([service], environment);
      return engine.explain(service, number, environment, signal);
    },
    renewCertificate: async (_signal, passphrase) => front?.renewNow(passphrase),
    exec({ service, number = 1, command, environment: variables }, signal) {
      const { engine, environment } = session.stack;
      requireServices([service], environment);
      return engine.exec({ service, number, command, environment: variables }, environment, signal);
    },
    async data(source, signal) {
      if (!session.hasStack) await session.load(source, [], signal);
      const { readData } = await import("./data/read-data.ts");
      return readData(session, signal);
    },
    async edge(source, signal) {
      if (!session.hasStack) await session.load(source, [], signal);
      const { readEdge } = await import("./front/read-edge.ts");
      return readEdge(session, source);
    },
    async backup(call, emit, signal) {
      const { backup } = await import("./data/backup/backup.ts");
      return backup(session, call, emit, signal);
    },
    async snapshot(call, signal) {
      const { snapshot } = await import("./data/snapshot/snapshot.ts");
      return snapshot(session, call, signal);
    },
  };
}

function compile(pattern: string): RegExp {
  try {
    return new RegExp(pattern);
  } catch (error) {
    throw new DevError("BAD_PATTERN", `--grep ${pattern}: ${error instanceof Error ? error.message : error}`, {
      exitCode: 2,
      cause: error,
    });
  }
}
