import { type FSWatcher, watch } from "node:fs";
import { findGitDirectory } from "../../git-branch.ts";
import type { Session } from "../../session.ts";

/** Watches which git branch is checked out, and lets the data follow. */
export class BranchFollower {
  readonly #session: Session;
  #watcher: FSWatcher | undefined;
  #directory: string | undefined;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Follows where the settings say so, else stops. May be called again. */
  async update(): Promise<void> {
    const { environment, settings } = this.#session.stack;
    const directory = settings.data.followsGit ? await findGitDirectory(environment.directory) : undefined;
    if (directory === this.#directory) return;
    this.stop();
    if (directory === undefined) return;
    this.#directory = directory;
    // git writes HEAD.lock and renames it (lockfile.c of git): the folder tells, also for a file that is another each time.
    this.#watcher = watch(directory, { persistent: false }, (_, name) => {
      if (name === "HEAD") void this.#follow();
    });
    this.#watcher.on("error", () => this.stop()); // the folder is gone: the next `up` looks again
  }

  stop(): void {
    this.#watcher?.close();
    this.#watcher = undefined;
    this.#directory = undefined;
  }

  async #follow(): Promise<void> {
    const session = this.#session;
    try {
      const { followGit } = await import("./follow.ts");
      await session.exclusively(() => followGit(session, session.ended));
    } catch (error) {
      if (session.ended.aborted) return;
      const message = `The data does not follow git: ${error instanceof Error ? error.message : error}`;
      session.publish({ kind: "notice", at: session.clock.now(), level: "warning", message });
    }
  }
}
