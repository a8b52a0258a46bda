/** What the server tells of a command in listCommands. */
export interface CommandSummary {
  readonly name: string;
  readonly isAdminOnly?: boolean;
  /** One sentence. */
  readonly help?: string;
}

/** The server as its commands see it. */
export interface Server {
  readonly commands: readonly CommandSummary[];
}

/** A user who has logged in. */
export interface User {
  /** `database.name`. */
  readonly id: string;
}

/** A client's connection as its commands see it. */
export interface Connection {
  readonly id: number;
  readonly user: User | undefined;
}
