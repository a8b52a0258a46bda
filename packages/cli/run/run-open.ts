import { DevError, nearest } from "@drydock/core";
import { connect, noSuchService, type StackSource } from "@drydock/session";
import type { CommandContext } from "../context.ts";
import { openUrl } from "./open-url.ts";

/** Opens or prints the address of a service, or the stack's own. @throws DevError NO_SUCH_SERVICE, NO_ADDRESS */
export async function runOpen(
  context: CommandContext,
  source: StackSource,
  service: string | undefined,
  flags: { readonly print?: true },
): Promise<void> {
  const supervisor = await connect(source, context.program);
  const status = supervisor
    ? await supervisor.attach(source, context.signal)
    : await (await import("@drydock/session")).lookAtStatus(source, context.signal);
  const names = status.services.map((each) => each.name);
  const chosen = status.services.find((each) => each.name === service);
  if (service !== undefined && !chosen) throw noSuchService(service, names, nearest(service, names));
  const url = chosen ? chosen.urls[0] : status.url;
  if (url === undefined) throw noAddress(service);
  if (flags.print || !context.stdout.isTTY) context.stdout.write(`${url}\n`);
  if (!flags.print) await openUrl(url);
}

const noAddress = (service: string | undefined) =>
  new DevError(
    "NO_ADDRESS",
    service ? `${service} has no address that can be opened.` : "The stack has no web address.",
    {
      exitCode: 3,
      hint: "It may not run (`dev status`), or it publishes no port: write `ports:` in the Compose file.",
    },
  );
