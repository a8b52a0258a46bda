// A replica set's name and its member's address, in the document with which a check makes the set.
const setDocument = /\b(?:_id|host)\s*:\s*(["'])[\w.:-]*\1/g;

const known = new Set(
  [
    "bin sh bash c echo grep q mongosh mongo quiet norc eval mongodb localhost admin test directConnection",
    "db rs adminCommand runCommand ping hello isMaster ismaster isWritablePrimary ok status myState",
    "initiate _id members NotYetInitialized code codeName",
    "try catch e err error if else throw return true false print quit process exit exitCode",
  ].flatMap((line) => line.split(" ")),
);

/**
 * Whether a health check asks a mongod for nothing but what `hello` says: that it answers, or is the primary of a set that the check makes where there is none.
 * Each of its words must be one of these; a password, a collection or a function of its own makes it a check that only running it can answer.
 */
export function asksOnlyForPrimary(command: readonly string[]): boolean {
  const text = command.join(" ").replaceAll(setDocument, "");
  const words = text.match(/[A-Za-z_$][\w$]*/g) ?? [];
  return words.some((word) => word === "mongosh" || word === "mongo") && words.every((word) => known.has(word));
}
