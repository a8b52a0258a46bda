/** What a post-step works with. */
export interface AfterContext {
  /** Runs a command on the dataset's database. @example await mongo({ collMod: "orders", validator }) */
  mongo(command: object): Promise<Readonly<Record<string, unknown>>>;
  /** Sends a command to Redis. @example await redis("PUBLISH", "seeded", "demo") */
  redis(command: string, ...words: readonly (string | number)[]): Promise<unknown>;
  readonly now: Date;
  readonly counts: Readonly<Record<string, number>>;
}
