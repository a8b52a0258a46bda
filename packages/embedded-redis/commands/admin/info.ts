import { arch, hostname, platform, release, totalmem } from "node:os";
import type { Server } from "../../server/command-context.ts";
import { redisVersion } from "../../server/version.ts";
import type { Command } from "../command.ts";

type Fields = readonly (readonly [name: string, value: string | number])[];

const size = (bytes: number): string => {
  if (bytes < 1024) return `${bytes}B`;
  if (bytes < 1024 ** 2) return `${(bytes / 1024).toFixed(2)}K`;
  return bytes < 1024 ** 3 ? `${(bytes / 1024 ** 2).toFixed(2)}M` : `${(bytes / 1024 ** 3).toFixed(2)}G`;
};

function serverSection(server: Server): Fields {
  const uptime = Math.floor((Date.now() - server.startedAt) / 1000);
  return [
    ["redis_version", redisVersion],
    ["redis_git_sha1", "00000000"],
    ["redis_git_dirty", 0],
    ["redis_build_id", "drydock"],
    ["redis_mode", "standalone"],
    ["os", `${platform()} ${release()} ${arch()}`],
    ["arch_bits", 64],
    ["multiplexing_api", "libuv"],
    ["process_id", process.pid],
    ["run_id", server.runId],
    ["tcp_port", server.configuration.number("port")],
    ["server_time_usec", Date.now() * 1000],
    ["uptime_in_seconds", uptime],
    ["uptime_in_days", Math.floor(uptime / 86400)],
    ["hz", server.configuration.number("hz")],
    ["configured_hz", server.configuration.number("hz")],
    ["lru_clock", Math.floor(Date.now() / 1000) & 0xffffff],
    ["executable", process.execPath],
    ["config_file", ""],
    ["io_threads_active", 0],
    ["host", hostname()],
  ];
}

function clientsSection(server: Server): Fields {
  const clients = [...server.clients.values()];
  return [
    ["connected_clients", clients.length],
    ["cluster_connections", 0],
    ["maxclients", server.configuration.number("maxclients")],
    ["client_recent_max_input_buffer", 0],
    ["client_recent_max_output_buffer", 0],
    ["blocked_clients", clients.filter((client) => client.blocked !== undefined).length],
    ["tracking_clients", clients.filter((client) => client.tracking !== undefined).length],
    ["pubsub_clients", clients.filter((client) => client.subscriptions > 0).length],
    ["watching_clients", clients.filter((client) => client.watched.length > 0).length],
    ["clients_in_timeout_table", 0],
  ];
}

function memorySection(server: Server): Fields {
  const { heapUsed, rss } = process.memoryUsage();
  return [
    ["used_memory", heapUsed],
    ["used_memory_human", size(heapUsed)],
    ["used_memory_rss", rss],
    ["used_memory_rss_human", size(rss)],
    ["used_memory_peak", rss],
    ["used_memory_peak_human", size(rss)],
    ["used_memory_dataset", server.memory.total],
    ["total_system_memory", totalmem()],
    ["total_system_memory_human", size(totalmem())],
    ["used_memory_lua", 0],
    ["maxmemory", server.maxMemory],
    ["maxmemory_human", size(server.maxMemory)],
    ["maxmemory_policy", server.configuration.text("maxmemory-policy")],
    ["mem_fragmentation_ratio", (rss / heapUsed).toFixed(2)],
    ["mem_allocator", "v8"],
    ["lazyfree_pending_objects", 0],
  ];
}

function persistenceSection(server: Server): Fields {
  return [["loading", 0], ["async_loading", 0], ...server.persistenceInfo()];
}

function statsSection(server: Server): Fields {
  const { statistics, databases, pubSub } = server;
  const total = (value: (database: (typeof databases)[number]) => number) =>
    databases.reduce((sum, database) => sum + value(database), 0);
  return [
    ["total_connections_received", statistics.connections],
    ["total_commands_processed", statistics.commandsProcessed],
    ["instantaneous_ops_per_sec", 0],
    ["total_net_input_bytes", statistics.inputBytes],
    ["total_net_output_bytes", statistics.outputBytes],
    ["rejected_connections", statistics.rejectedConnections],
    ["expired_keys", statistics.expiredKeys],
    ["evicted_keys", statistics.evictedKeys],
    ["keyspace_hits", total(({ hits }) => hits)],
    ["keyspace_misses", total(({ misses }) => misses)],
    ["pubsub_channels", pubSub.listeners("channels").size],
    ["pubsub_patterns", pubSub.listeners("patterns").size],
    ["pubsubshard_channels", pubSub.listeners("shardChannels").size],
    ["latest_fork_usec", 0],
    ["tracking_total_keys", server.tracking.trackedKeys],
    ["total_error_replies", [...statistics.errors.values()].reduce((sum, count) => sum + count, 0)],
  ];
}

const replicationSection = (server: Server): Fields => [
  ["role", "master"],
  ["connected_slaves", 0],
  ["master_failover_state", "no-failover"],
  ["master_replid", server.runId],
  ["master_replid2", "0".repeat(40)],
  ["master_repl_offset", 0],
  ["second_repl_offset", -1],
  ["repl_backlog_active", 0],
];

function cpuSection(): Fields {
  const { user, system } = process.cpuUsage();
  return [
    ["used_cpu_sys", (system / 1e6).toFixed(6)],
    ["used_cpu_user", (user / 1e6).toFixed(6)],
  ];
}

const commandStatsSection = ({ statistics }: Server): Fields =>
  [...statistics.commands].map(([name, { calls, totalUs, failed }]) => [
    `cmdstat_${name}`,
    `calls=${calls},usec=${Math.round(totalUs)},usec_per_call=${(totalUs / calls).toFixed(2)},rejected_calls=0,failed_calls=${failed}`,
  ]);

const errorStatsSection = ({ statistics }: Server): Fields =>
  [...statistics.errors].map(([code, count]) => [`errorstat_${code}`, `count=${count}`]);

const keyspaceSection = ({ databases }: Server): Fields =>
  databases
    .filter(({ size: keys }) => keys > 0)
    .map(({ index, size: keys, expiringSize }) => [`db${index}`, `keys=${keys},expires=${expiringSize},avg_ttl=0`]);

interface Section {
  readonly title: string;
  readonly isDefault: boolean;
  fields(server: Server): Fields;
}

const sections: readonly Section[] = [
  { title: "Server", isDefault: true, fields: serverSection },
  { title: "Clients", isDefault: true, fields: clientsSection },
  { title: "Memory", isDefault: true, fields: memorySection },
  { title: "Persistence", isDefault: true, fields: persistenceSection },
  { title: "Stats", isDefault: true, fields: statsSection },
  { title: "Replication", isDefault: true, fields: replicationSection },
  { title: "CPU", isDefault: true, fields: cpuSection },
  { title: "Modules", isDefault: true, fields: () => [] },
  { title: "Commandstats", isDefault: false, fields: commandStatsSection },
  { title: "Errorstats", isDefault: true, fields: errorStatsSection },
  { title: "Cluster", isDefault: true, fields: () => [["cluster_enabled", 0]] },
  { title: "Keyspace", isDefault: true, fields: keyspaceSection },
];

const info: Command = {
  name: "info",
  arity: -1,
  flags: ["loading", "stale"],
  categories: ["dangerous"],
  group: "server",
  summary: "Tells how the server is.",
  run({ server }, args) {
    const wanted = args.slice(1).map((each) => each.toLowerCase());
    const isWanted = ({ title, isDefault }: Section) => {
      if (wanted.length === 0 || wanted.includes("default")) return isDefault || wanted.includes(title.toLowerCase());
      return wanted.includes("all") || wanted.includes("everything") || wanted.includes(title.toLowerCase());
    };
    const text = sections
      .filter(isWanted)
      .map(({ title, fields }) => {
        const lines = fields(server).map(([name, value]) => `${name}:${value}\r\n`);
        return `# ${title}\r\n${lines.join("")}`;
      })
      .join("\r\n");
    return { kind: "verbatim", format: "txt", text };
  },
};

/** INFO. */
export const infoCommands: readonly Command[] = [info];
