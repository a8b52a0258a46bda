/** An error for the client; the message begins with its code. `executeCommand` turns it into an error reply. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}

/** "ERR syntax error". */
export const syntaxError = (): CommandError => new CommandError("ERR syntax error");

/** "ERR value is not an integer or out of range". */
export const notAnInteger = (): CommandError => new CommandError("ERR value is not an integer or out of range");

/** "ERR value is not a valid float". */
export const notAFloat = (): CommandError => new CommandError("ERR value is not a valid float");

/** "WRONGTYPE Operation against a key holding the wrong kind of value". */
export const wrongType = (): CommandError =>
  new CommandError("WRONGTYPE Operation against a key holding the wrong kind of value");

/** "ERR no such key". */
export const noSuchKey = (): CommandError => new CommandError("ERR no such key");

/** "ERR wrong number of arguments for 'name' command". */
export const wrongCount = (name: string): CommandError =>
  new CommandError(`ERR wrong number of arguments for '${name}' command`);
