import { connectOrStart, type StackSource } from "@drydock/session";
import { type CommandContext, hasColour } from "../context.ts";
import { painter } from "../output/paint.ts";
import { PlainUp } from "../output/plain-up.ts";

/** Restarts, stops or starts services. @throws DevError NO_SUCH_SERVICE, or why one did not come up */
export async function runChange(
  context: CommandContext,
  source: StackSource,
  action: "restart" | "stop" | "start",
  services: readonly string[],
): Promise<void> {
  const supervisor = await connectOrStart(source, context.program);
  await supervisor.attach(source, context.signal);
  const paint = painter(hasColour(context, context.stdout));
  const plain = new PlainUp((text) => context.stdout.write(text), paint, context.program.version);
  await supervisor[action]({ services }, plain.take, context.signal);
  if (action === "stop")
    context.stdout.write(`${services.join(", ")} stopped. \`dev start ${services.join(" ")}\` starts again.\n`);
}
