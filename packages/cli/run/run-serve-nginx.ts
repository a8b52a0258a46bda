import { serveNginx } from "@drydock/session";
import type { CommandContext } from "../context.ts";
import { formatError } from "../output/format-error.ts";
import { painter } from "../output/paint.ts";
import { serveUntilEnded } from "./serve-until-ended.ts";

/**
 * Serves an nginx configuration until a signal, or until standard input is closed. SIGHUP reads it anew: one with mistakes leaves the old one
 * serving. Each reload is numbered: `reloaded 3`, and `drained 3` when no request from before it is under way. @throws DevError NGINX_SYNTAX and those of the edge
 */
export async function runServeNginx(
  context: CommandContext,
  configurationFile: string,
  isWhileStdin: boolean,
): Promise<void> {
  const say = (line: string) => void context.stdout.write(`${line}\n`);
  const edge = await serveNginx(configurationFile, say);
  for (const notice of edge.notices) say(notice);
  say(`${edge.title}, for development: ${edge.uris.join(" ")}`);
  let reloads = 0;
  context.onHangup(() => {
    edge.reload().then(
      () => {
        reloads += 1;
        const number = reloads;
        say(`reloaded ${number}`);
        void edge.drained().then(() => say(`drained ${number}`));
      },
      (error: unknown) => {
        const { text } = formatError(error, painter(false), { isDebugging: false, directory: context.directory });
        say(`The old configuration goes on serving. ${text.trimEnd()}`);
      },
    );
  });
  const signal = isWhileStdin ? AbortSignal.any([context.signal, untilClosed(context.stdin)]) : context.signal;
  await serveUntilEnded(edge, signal);
}

function untilClosed(stdin: NodeJS.ReadStream): AbortSignal {
  const closed = new AbortController();
  for (const event of ["end", "close", "error"]) stdin.once(event, () => closed.abort());
  stdin.resume();
  return closed.signal;
}
