// What the local engine asks of whoever rewrites an nginx configuration for this machine.

/** Where something answers on this machine. */
export interface HostPort {
  readonly host: string;
  readonly port: number;
}

/** A configuration file as the container would see it, and where its text comes from on this machine. */
export interface NginxSource {
  /** The path in the container: `/etc/nginx/conf.d/default.conf`. */
  readonly path: string;
  /** The file that a person edits: what messages name. */
  readonly hostPath: string;
  readonly text: string;
}

/** Everything that decides the text of the configuration that runs on this machine. */
export interface NginxRequest {
  readonly sources: readonly NginxSource[];
  /** Container port to the address that was given out. */
  readonly listen: ReadonlyMap<number, HostPort>;
  /** All the addresses of a service's container port, one for each instance; undefined when no service has that name. */
  addressesOf(host: string, port: number): readonly HostPort[] | undefined;
  /** Where a path in the container lies on this machine; undefined when no mount covers it. */
  mapPath(path: string): string | undefined;
  /** Absolute; for the pid file, temporary files and the rendered configuration. */
  readonly runDirectory: string;
  /** Of the program, as `nginx -v` prints it: `1.22.1`. */
  readonly version: string;
  /** The account of the worker processes, where root starts nginx; undefined otherwise. */
  readonly user?: string;
}

/** One rendered file, and which line of which source each of its lines came from. */
export interface NginxFile {
  /** Absolute, in the run directory. */
  readonly path: string;
  readonly text: string;
  /** One entry for each line of `text`; undefined for lines that we added. */
  readonly origins: readonly ({ readonly hostPath: string; readonly line: number } | undefined)[];
}

export interface NginxRendering {
  /** The first one is the main file. */
  readonly files: readonly NginxFile[];
  /** What was left out, as sentences. */
  readonly notices: readonly string[];
}
