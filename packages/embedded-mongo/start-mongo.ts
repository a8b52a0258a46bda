/** How a server is started. */
export interface MongoOptions {
  /** 0 (the default): a free one. */
  readonly port?: number;
  /** An address of this machine; one that is not loopback is refused without `user`. */
  readonly host?: string;
  /** The name of a replica set whose only member this is: transactions, change streams, retryable writes. */
  readonly replicaSet?: string;
  /** With `replicaSet`: wait for replSetInitiate, as mongod does, when the data has no configuration yet. */
  readonly awaitsInitiate?: boolean;
  /** Where the data lies. Without it the data is gone when the server stops. */
  readonly dataDirectory?: string;
  /** Turns authentication on and makes this user with the role `root`, unless there is one of the name. */
  readonly user?: { readonly name: string; readonly password: string };
  /** Told what happens on the server, a line each. */
  readonly log?: (line: string) => void;
  /** Allows `configureFailPoint` with `failCommand`, for tests of applications' own error handling. */
  readonly testCommands?: boolean;
}

/** A running server. */
export interface RunningMongo {
  /** With the user's name and password, and the replica set's name. */
  readonly uri: string;
  readonly host: string;
  readonly port: number;
  /** Ends every connection and operation; resolves when the port is closed and the data is on disk, or gone if it had no directory. */
  stop(): Promise<void>;
}
