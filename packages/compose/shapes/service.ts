import { build } from "./build.ts";
import { dictionary, keyBeforeEquals, keyValues, listOf, record, textOrWords, words } from "./collections.ts";
import { command, healthTest, hook } from "./commands.ts";
import { dependsOn, namedDetails } from "./dependencies.ts";
import { deploy } from "./deploy.ts";
import { develop } from "./develop.ts";
import { devices, gpus } from "./devices.ts";
import { envFiles, extendsService, labelFiles } from "./external-files.ts";
import { extraHosts } from "./extra-hosts.ts";
import { mergeLogging } from "./merge-rules.ts";
import { mounts } from "./mounts.ts";
import { options, providerOptions } from "./options.ts";
import { ports } from "./ports.ts";
import { references } from "./references.ts";
import { blkioConfig } from "./resource-limits.ts";
import { byteSize, choice, duration, flag, integer, looseText, number, text } from "./scalars.ts";
import type { Shape } from "./shape.ts";
import { ulimits } from "./ulimits.ts";
import { serviceExtension } from "./x-dev.ts";

const unique = { keyOf: keyBeforeEquals };
const hidden = { print: (): undefined => undefined };

const network = record("a network of a service", {
  aliases: words(unique),
  driver_opts: options,
  gw_priority: integer(),
  interface_name: text(),
  ipv4_address: text(),
  ipv6_address: text(),
  link_local_ips: words(unique),
  mac_address: text(),
  priority: integer(),
});

const healthcheck = record("a health check", {
  test: healthTest,
  timeout: duration({ keep: true }),
  interval: duration({ keep: true }),
  retries: integer({ keep: true, min: 0 }),
  start_period: duration({ keep: true }),
  start_interval: duration({ keep: true }),
  disable: flag(),
});

const restart: NonNullable<Shape["check"]> = (given) =>
  /^(no|always|unless-stopped|on-failure(:\d+)?|)$/.test(given)
    ? undefined
    : { wrong: "is not a restart policy", hint: 'write "no", always, unless-stopped, on-failure or on-failure:5' };

const pullPolicy: NonNullable<Shape["check"]> = (given) =>
  /^(always|never|build|if_not_present|missing|refresh|daily|weekly|every_([0-9]+[wdhms])+)$/.test(given)
    ? undefined
    : { wrong: "is not a pull policy", hint: "write always, missing, never, build, daily, weekly or every_12h" };

/** A service (Compose Specification, services; every key of its schema), in the order in which Compose prints the keys. */
export const service: Shape = record(
  "a service",
  {
    profiles: words(unique),
    annotations: keyValues("empty"),
    attach: flag({ keep: true }),
    build,
    develop,
    blkio_config: blkioConfig,
    cap_add: words(unique),
    cap_drop: words(unique),
    cgroup_parent: text(),
    cgroup: choice("host", "private"),
    cpu_count: integer({ min: 0 }),
    cpu_percent: number(),
    cpu_period: integer(),
    cpu_quota: integer(),
    cpu_rt_period: integer(),
    cpu_rt_runtime: integer(),
    cpus: number(),
    cpuset: text(),
    cpu_shares: integer(),
    command,
    configs: references(""),
    container_name: text(),
    credential_spec: record("a credential spec", { config: text(), file: text(), registry: text() }),
    depends_on: dependsOn,
    deploy,
    device_cgroup_rules: words(),
    devices,
    dns: textOrWords(unique),
    dns_opt: words(unique),
    dns_search: textOrWords(unique),
    domainname: text(),
    entrypoint: command,
    provider: record("a provider", { type: text(), options: providerOptions }, { required: ["type"] }),
    environment: keyValues("null"),
    env_file: envFiles,
    expose: listOf(looseText("a port"), unique),
    extends: extendsService,
    external_links: words(),
    extra_hosts: extraHosts,
    group_add: listOf(looseText("a name or number of a group")),
    gpus,
    hostname: text(),
    healthcheck,
    image: text(),
    init: flag({ keep: true }),
    ipc: text(),
    isolation: text(),
    labels: keyValues("empty"),
    label_file: labelFiles,
    links: words(unique),
    logging: record("logging", { driver: text(), options }, { merge: mergeLogging }),
    mem_limit: byteSize(),
    mem_reservation: byteSize(),
    memswap_limit: byteSize(),
    mem_swappiness: byteSize(),
    mac_address: text(),
    models: namedDetails(
      record("a model of a service", { endpoint_var: text(), model_var: text() }),
      "a list of models or a mapping",
    ),
    network_mode: text(),
    networks: namedDetails(network, "a list of networks or a mapping"),
    oom_kill_disable: flag(),
    oom_score_adj: integer({ min: -1000, max: 1000 }),
    pid: text("text", { accepts: ["text", "null"] }),
    pids_limit: integer(),
    platform: text(),
    ports,
    privileged: flag(),
    pull_policy: text("a pull policy", { check: pullPolicy }),
    pull_refresh_after: text("a duration", hidden),
    read_only: flag(),
    restart: text("a restart policy", { check: restart }),
    runtime: text(),
    scale: integer({ keep: true, min: 0 }),
    secrets: references("/run/secrets"),
    security_opt: words(),
    shm_size: byteSize(),
    stdin_open: flag(),
    stop_grace_period: duration({ keep: true }),
    stop_signal: text(),
    storage_opt: options,
    sysctls: keyValues("empty"),
    tmpfs: textOrWords(unique),
    tty: flag(),
    ulimits,
    use_api_socket: flag(),
    user: text(),
    userns_mode: text(),
    uts: text(),
    volumes: mounts,
    volumes_from: words(),
    working_dir: text(),
    post_start: listOf(hook),
    pre_stop: listOf(hook),
    "x-dev": serviceExtension,
  },
  {
    moved: {
      net: "write network_mode",
      log_driver: "write logging: {driver: ...}",
      log_opt: "write logging: {options: ...}",
      dockerfile: "write build: {dockerfile: ...}",
      volume_driver: "write the driver where the volume is declared, at the top level",
      cpuset_cpus: "write cpuset",
    },
  },
);

/** The mapping of services. */
export const services: Shape = dictionary(service, { names: /^[a-zA-Z0-9._-]+$/ });
