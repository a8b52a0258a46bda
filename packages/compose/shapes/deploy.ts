import { keyValues, listOf, record, words } from "./collections.ts";
import { deviceRequests } from "./devices.ts";
import { byteSize, choice, duration, integer, number, text } from "./scalars.ts";
import type { PrintFormat, Shape } from "./shape.ts";

const emptyInJson = (format: PrintFormat): object | undefined => (format === "json" ? {} : undefined);

const rolling = record("an update policy", {
  parallelism: integer({ keep: true, min: 0 }),
  delay: duration(),
  failure_action: text(),
  monitor: duration(),
  max_failure_ratio: number(),
  order: choice("start-first", "stop-first"),
});

const limits = record("resource limits", { cpus: number(), memory: byteSize(), pids: integer() });

const reservations = record("resource reservations", {
  cpus: number(),
  memory: byteSize(),
  devices: deviceRequests({ required: ["capabilities"] }),
  generic_resources: listOf(
    record("a resource", {
      discrete_resource_spec: record("a resource", { kind: text(), value: integer({ keep: true }) }),
    }),
  ),
});

const restartPolicy = record("a restart policy", {
  condition: text(),
  delay: duration({ keep: true }),
  max_attempts: integer({ keep: true, min: 0 }),
  window: duration({ keep: true }),
});

/** `deploy` of a service (Compose Deploy Specification). */
export const deploy: Shape = record(
  "deploy",
  {
    mode: text(),
    replicas: integer({ keep: true, min: 0 }),
    labels: keyValues("empty"),
    update_config: rolling,
    rollback_config: rolling,
    resources: { ...record("resources", { limits, reservations }), absent: emptyInJson },
    restart_policy: restartPolicy,
    placement: {
      ...record("a placement", {
        constraints: words(),
        preferences: listOf(record("a preference", { spread: text() })),
        max_replicas_per_node: integer({ min: 0 }),
      }),
      absent: emptyInJson,
    },
    endpoint_mode: text(),
  },
  { is: "a mapping", accepts: ["mapping", "null"] },
);
