import { connect, type StackSource, type Status, serviceState } from "@drydock/session";
import { type CommandContext, hasColour } from "../context.ts";
import { painter } from "../output/paint.ts";
import { statusTable } from "../output/status-table.ts";

/** Prints the state of every service. */
export async function runStatus(
  context: CommandContext,
  source: StackSource,
  flags: { readonly json?: true },
): Promise<void> {
  const supervisor = await connect(source, context.program);
  const status = supervisor
    ? await supervisor.attach(source, context.signal)
    : await (await import("@drydock/session")).lookAtStatus(source, context.signal);
  if (flags.json) context.stdout.write(`${JSON.stringify(statusDocument(status), null, 2)}\n`);
  else context.stdout.write(statusTable(status, painter(hasColour(context, context.stdout)), context.variables));
}

/** The document of `dev status --json`, a contract: every service with one state, its reason, and its instances. */
function statusDocument(status: Status): unknown {
  return {
    ...status,
    services: status.services.map((service) => ({
      name: service.name,
      ...serviceState(service),
      urls: service.urls,
      provider: service.instances[0]?.provider ?? null,
      restarts: service.instances.reduce((sum, each) => sum + each.restarts, 0),
      wantedReplicas: service.wantedReplicas,
      instances: service.instances.map(({ fingerprint: _, startedAt, ...instance }) => ({
        ...instance,
        ...(startedAt === undefined ? {} : { startedAt: new Date(startedAt).toISOString() }),
      })),
    })),
  };
}
