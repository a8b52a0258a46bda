/** A server of ours that runs in this process. */
export interface Served {
  /** `embedded Redis`: what is shown. */
  readonly title: string;
  /** Where clients connect. */
  readonly uris: readonly string[];
  /** What was asked for and is not honoured, as sentences. */
  readonly notices: readonly string[];
  /** Resolves when a client has shut it down; never otherwise. */
  readonly ended: Promise<void>;
  /** Ends it; resolves when the port is free and the data is on disk. */
  stop(): Promise<void>;
}

/** What every server is asked for. */
export interface ServeRequest {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Absolute; undefined keeps the data in memory. */
  readonly dataDirectory: string | undefined;
  /** Arguments as the real server's program takes them. */
  readonly arguments: readonly string[];
  /** Told what the server says, a line each. */
  log(line: string): void;
}

/** For servers that no client can end. */
export const never: Promise<void> = new Promise<void>(() => undefined);
