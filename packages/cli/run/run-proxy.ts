import type { Instance } from "@drydock/core";
import { checkProxy, connect, nginxVersion, renderProxy, type StackSource } from "@drydock/session";
import { type CommandContext, hasColour } from "../context.ts";
import { findingText } from "../output/finding-text.ts";
import { hasUtf8 } from "../output/glyph.ts";
import { painter } from "../output/paint.ts";

/** What `dev proxy` was asked for. */
export interface ProxyFlags {
  readonly for: "local" | "production";
  readonly domain?: string;
  readonly nginx?: string;
}

// The newest stable branch when nothing says what production runs.
const usualVersion = "1.30.0";

/** Prints the front as nginx's configuration. @throws DevError NO_COMPOSE_FILE, BAD_CONFIGURATION, NO_DOMAIN */
export async function runProxyRender(context: CommandContext, source: StackSource, flags: ProxyFlags): Promise<void> {
  const version = flags.nginx ?? (await nginxVersion(source.variables)) ?? usualVersion;
  const instances = flags.for === "local" ? await runningInstances(context, source) : [];
  const { text, mistakes } = await renderProxy(source, {
    setting: flags.for,
    domain: flags.domain,
    version,
    instances,
  });
  for (const mistake of mistakes) context.stderr.write(`! ${mistake}\n`);
  context.stdout.write(text);
}

/** Prints what is wrong with it. Returns the exit code: 1 where it could not be served. @throws DevError as runProxyRender */
export async function runProxyCheck(context: CommandContext, source: StackSource, flags: ProxyFlags): Promise<number> {
  const instances = flags.for === "local" ? await runningInstances(context, source) : [];
  const findings = await checkProxy(source, { setting: flags.for, domain: flags.domain, instances });
  const paint = painter(hasColour(context, context.stdout));
  for (const finding of findings)
    context.stdout.write(findingText({ check: "proxy", ...finding }, paint, hasUtf8(context.variables)));
  return findings.some(({ level }) => level === "problem") ? 1 : 0;
}

async function runningInstances(context: CommandContext, source: StackSource): Promise<readonly Instance[]> {
  const supervisor = await connect(source, context.program);
  const status = await supervisor?.attach(source, context.signal);
  return status?.services.flatMap((service) => service.instances) ?? [];
}
