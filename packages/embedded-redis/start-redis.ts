import { commandTable } from "./commands/command-table.ts";
import { needsPassword } from "./errors.ts";
import { startActiveExpiry } from "./server/active-expiry.ts";
import { applySettings } from "./server/apply-settings.ts";
import { BusyDoor } from "./server/busy-door.ts";
import { Client } from "./server/client.ts";
import { CommandContext } from "./server/command-context.ts";
import { startIdleCheck } from "./server/idle-clients.ts";
import { listen } from "./server/listener.ts";
import { keepEffects, openData } from "./server/open-data.ts";
import { pollWhileBusy } from "./server/poll-while-busy.ts";
import { RedisServer } from "./server/redis-server.ts";
import { settle } from "./server/settle.ts";

/** How to start an embedded Redis. */
export interface RedisOptions {
  /** 0, which is the default, takes a free one. */
  readonly port?: number;
  /** 127.0.0.1 unless given; any other one needs a password. */
  readonly host?: string;
  /** The password of the user "default". */
  readonly password?: string;
  /**
   * Where data is kept, as dump.rdb and appendonlydir in Redis's own formats; made if need be. Without it, all is in memory only.
   * Then the append-only file is on unless the setting "appendonly" says no, and flushed as "appendfsync" says.
   */
  readonly dataDirectory?: string;
  /** Settings by the names of redis.conf ("maxmemory", "notify-keyspace-events"). */
  readonly settings?: Readonly<Record<string, string>>;
  /** Is told what the server has to say: closed connections, recovered files. */
  readonly log?: (line: string) => void;
  /** Called when a client sent SHUTDOWN, after the server ended. */
  readonly onShutdown?: () => void;
}

/** An embedded Redis that accepts clients. */
export interface RunningRedis {
  /** redis://127.0.0.1:6379, with the password if there is one. */
  readonly uri: string;
  readonly host: string;
  readonly port: number;
  /** Ends it: connections, timers and files are closed when this resolves. May be called again. */
  stop(): Promise<void>;
}

const loopback = ["127.0.0.1", "::1", "localhost"];

/**
 * Starts a Redis server in this process.
 * @throws DevError REDIS_NEEDS_PASSWORD, REDIS_CANNOT_LISTEN, REDIS_BAD_SETTING
 */
export async function startRedis(options: RedisOptions = {}): Promise<RunningRedis> {
  const { host = "127.0.0.1", port = 0, password, log = () => undefined } = options;
  if (!loopback.includes(host) && !password) throw needsPassword(host);
  const door = new BusyDoor();
  const server = new RedisServer({
    commands: commandTable(),
    onShutdown: (isSaving) => void stop(isSaving).then(options.onShutdown),
    log,
    whileBusy: () => pollWhileBusy(server, listener, door),
    afterBusy: () => door.close(),
  });
  const appendOnly = options.dataDirectory === undefined ? {} : { appendonly: "yes" };
  applySettings(server, { ...appendOnly, ...options.settings, ...(password ? { requirepass: password } : {}) });
  const stopSaving =
    options.dataDirectory === undefined
      ? () => undefined
      : await openData(server, options.dataDirectory, internalClient());
  const settleServer = () => {
    if (server.scripting.running === undefined) settle(server, (effects) => keepEffects(server, effects));
  };
  const connectionHost = {
    server,
    log,
    settle: settleServer,
    position: () => server.keeper.position,
    durable: (position: number) => server.keeper.flushed(position),
  };
  const stopExpiry = startActiveExpiry(server, () => new CommandContext(server, internalClient()), settleServer);
  const stopIdleCheck = startIdleCheck(server);
  const listener = await listen(host, port, connectionHost).catch(async (error: unknown) => {
    stopExpiry();
    stopIdleCheck();
    stopSaving();
    await server.keeper.close(false);
    throw error;
  });
  server.configuration.fix("port", String(listener.port));
  server.configuration.fix("bind", host);
  let stopping: Promise<void> | undefined;
  const stop = (isSaving = true): Promise<void> => {
    stopping ??= end(isSaving);
    return stopping;
  };
  async function end(isSaving: boolean): Promise<void> {
    stopExpiry();
    stopIdleCheck();
    stopSaving();
    await listener.close();
    server.scripting.close();
    await server.keeper.close(isSaving);
  }
  const login = password ? `:${encodeURIComponent(password)}@` : "";
  const shownHost = host.includes(":") ? `[${host}]` : host;
  return { uri: `redis://${login}${shownHost}:${listener.port}`, host, port: listener.port, stop: () => stop() };
}

/** The client in whose name the server itself acts. */
function internalClient(): Client {
  const nothing = () => undefined;
  const client = new Client({ id: 0, address: "", localAddress: "", createdAt: 0, push: nothing, close: nothing });
  client.isAuthenticated = true;
  return client;
}
