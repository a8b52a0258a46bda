import { relative } from "node:path";
import { connectOrStart, launchConfigurations, type StackSource, writeLaunchFile } from "@drydock/session";
import { type CommandContext, hasColour } from "../context.ts";
import { debugText } from "../output/debug-text.ts";
import { painter } from "../output/paint.ts";
import { PlainUp } from "../output/plain-up.ts";

/** What `dev debug` was asked for. */
export interface DebugFlags {
  readonly port?: number;
  readonly break?: true;
  readonly write?: true;
  readonly off?: true;
  readonly json?: true;
}

/** Lets a service listen for a debugger, and says where. @throws DevError NO_SUCH_SERVICE, NOT_DEBUGGABLE, NO_INSPECTOR, NO_DEBUG_PORT, BAD_LAUNCH_FILE */
export async function runDebug(
  context: CommandContext,
  source: StackSource,
  service: string,
  flags: DebugFlags,
): Promise<void> {
  const { signal, stdout, stderr, program } = context;
  const supervisor = await connectOrStart(source, program);
  const events = flags.json ? stderr : stdout;
  const plain = new PlainUp((text) => events.write(text), painter(hasColour(context, events)), program.version);
  const request = {
    source,
    service,
    waits: flags.break === true,
    isOff: flags.off === true,
    ...(flags.port === undefined ? {} : { port: flags.port }),
  };
  const target = await supervisor.debug(request, plain.take, signal);
  if (!target) {
    stdout.write(
      flags.json ? `${JSON.stringify({ service, inspectors: [] })}\n` : `${service} listens for no debugger.\n`,
    );
    return;
  }
  // Asked last: a supervisor with nothing to look after does not stay for a second question.
  const { directory } = await supervisor.attach(source, signal);
  const configurations = launchConfigurations(target, directory);
  const written = flags.write ? await writeLaunchFile(directory, configurations) : undefined;
  if (flags.json) stdout.write(`${JSON.stringify({ ...target, configurations })}\n`);
  else
    stdout.write(
      debugText(
        target,
        configurations,
        written && relative(source.directory, written),
        painter(hasColour(context, stdout)),
      ),
    );
}
