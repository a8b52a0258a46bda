import { DevError } from "@drydock/core";

/** Builds WATCH_LIMIT (exit 1): the system gives out no more watches, or files. */
export const watchLimit = (code: string, folder: string): DevError =>
  new DevError(
    "WATCH_LIMIT",
    `Changes below ${folder} cannot be watched: the system's limit is reached (${code}). They are looked for once a second instead.`,
    {
      hint:
        code === "ENOSPC"
          ? "For events, raise the limit: echo fs.inotify.max_user_watches=524288 | sudo tee /etc/sysctl.d/60-drydock.conf && sudo sysctl --system"
          : "For events, raise the limit of open files in this shell before `dev up`: ulimit -n 65536",
    },
  );
