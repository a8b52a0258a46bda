import { frontLabel } from "@drydock/docker";

/** A container whose nginx serves a front: it is in this machine's network, and sees the front's files where they are. */
export interface NginxContainer {
  readonly name: string;
  readonly project: string;
  readonly image: string;
  /** `1000:1000`: who it is in there, and who owns what it writes. */
  readonly user: string;
  /** The front's folder, which it writes to. */
  readonly directory: string;
  /** Other folders that it reads. */
  readonly folders: readonly string[];
  readonly configuration: string;
}

/**
 * nginx takes the place of the shell, as process 1, so that signals that `docker run` hands on are its own. The engine closes the container's standard
 * input when the `docker run` that it belongs to ends, by whatever signal: who waits for that then asks nginx to end, and process 1 takes the rest with it.
 */
const script = 'exec 3<&0 </dev/null; { cat <&3 >/dev/null; kill -TERM 1; } & exec 3<&-; exec nginx -p "$1" -c "$2"';

/** The words for `docker` that run it in the foreground. Pure. */
export function runNginx(container: NginxContainer): readonly string[] {
  const { name, project, image, user, directory, folders, configuration } = container;
  return [
    ...["run", "--rm", "-i", "--pull", "never", "--name", name, "--label", `${frontLabel}=${project}`],
    // Its log is read as it comes: nobody would ever empty another copy.
    ...["--network", "host", "--log-driver", "none", "--user", user],
    // Where SELinux keeps containers from the files of a home folder; elsewhere it means nothing.
    ...["--security-opt", "label=disable"],
    ...folders.flatMap((path) => ["--mount", mount(path, "readonly")]),
    ...["--mount", mount(directory)],
    ...["--entrypoint", "sh", image, "-c", script, "sh", directory, configuration],
  ];
}

/** The words that ask the nginx of the running one what is wrong with a file. Pure. */
export function testInside({ name, directory }: NginxContainer, path: string): readonly string[] {
  return ["exec", name, "nginx", "-t", "-p", directory, "-c", path];
}

/** The value is a line of CSV (docs.docker.com/engine/storage/bind-mounts, `--mount`). */
function mount(path: string, ...options: readonly string[]): string {
  const field = (text: string) => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return ["type=bind", field(`src=${path}`), field(`dst=${path}`), ...options].join(",");
}
