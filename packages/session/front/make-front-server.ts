import type { Session } from "../session.ts";
import { chooseSoftware, type SoftwareWish } from "./choose-software.ts";
import type { FrontFolder } from "./front-folder.ts";
import type { FrontNotices } from "./front-notices.ts";
import { FrontServer } from "./front-server.ts";
import type { FrontSoftware } from "./front-software.ts";

/** What a front is made with. */
export interface FrontParts {
  /** Runs `dev serve`. */
  readonly serveCommand: readonly string[];
  readonly sessionId: string;
}

/** Makes a front's server on what can serve it here; what was asked for and is not taken is told. Starts nothing. */
export async function makeFrontServer(
  session: Session,
  { serveCommand, sessionId }: FrontParts,
  wish: SoftwareWish,
  folder: FrontFolder,
  notices: FrontNotices,
  variables: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<FrontServer> {
  const { choice, refusal } = await chooseSoftware(wish, serveCommand, folder, variables, signal);
  const [first] = choice;
  // Of one that was stopped meanwhile nothing is to be said: its image may be what was not waited for.
  if (refusal !== undefined && first && !signal.aborted) notices.tell("warning", refusal, instead(first));
  return new FrontServer({
    stateDirectory: session.folder.directory,
    folder,
    choice,
    program: { variables, sessionId, projectDirectory: session.stack.environment.directory },
    onGivingWay: (from, to, because) => notices.tell("warning", `${from.name} ${because}`, instead(to)),
  });
}

function instead({ name }: FrontSoftware): string {
  const subject = name.startsWith("nginx") ? name : `The ${name}`;
  return `${subject} is before the stack instead: it serves the same.`;
}
