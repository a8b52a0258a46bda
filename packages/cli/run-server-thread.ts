import { runServerThread } from "@drydock/session";

/** What a thread of a test's process does that runs database servers. A file of its own, so that it loads no more than that. */
export const serverThread = (): void => runServerThread();
