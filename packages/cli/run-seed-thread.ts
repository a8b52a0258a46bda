import { runSeedThread } from "@drydock/session";

/** What a thread of the supervisor does that makes documents: it answers until it is ended. A file of its own, so that it loads no more than that. */
export const seedThread = (): void => runSeedThread();
