import { log } from "./log.js";

/**
 * Turns the text of a variable into a value. Throws an Error whose message completes "PORT ...".
 * @template T
 * @typedef {(text: string) => T} Reader
 */

/**
 * Reads what a service needs from its environment variables. Where one is missing or wrong, every mistake is logged and
 * the process exits with code 1: nobody should have to fix them one start at a time.
 * @template {Record<string, Reader<unknown>>} R
 * @param {R} readers
 */
export function readEnvironment(readers) {
  const { values, mistakes } = parseEnvironment(readers, process.env);
  if (mistakes.length === 0) return values;
  for (const mistake of mistakes) log.error(`environment: ${mistake}`);
  process.exit(1);
}

/**
 * The same without side effects.
 * @template {Record<string, Reader<unknown>>} R
 * @param {R} readers
 * @param {Record<string, string | undefined>} variables
 * @returns {{ values: { [K in keyof R]: ReturnType<R[K]> }, mistakes: string[] }}
 */
export function parseEnvironment(readers, variables) {
  /** @type {Record<string, unknown>} */
  const values = {};
  /** @type {string[]} */
  const mistakes = [];
  for (const [name, read] of Object.entries(readers)) {
    try {
      values[name] = read(variables[name] ?? "");
    } catch (error) {
      mistakes.push(`${name} ${error instanceof Error ? error.message : error}`);
    }
  }
  return { values: /** @type {{ [K in keyof R]: ReturnType<R[K]> }} */ (values), mistakes };
}

/** A TCP port. @type {Reader<number>} */
export function port(text) {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= 1 && number <= 65_535) return number;
  throw new Error(`must be a port from 1 to 65535, such as 3000; it is ${shown(text)}`);
}

/** A URL. @param {string[]} schemes without the colon @param {string} example @returns {Reader<string>} */
export const url = (schemes, example) => (text) => {
  // A mongodb:// URL may list several hosts, which the standard parser refuses: so only its beginning is looked at.
  if (schemes.some((scheme) => text.startsWith(`${scheme}://`) && text.length > scheme.length + 3)) return text;
  throw new Error(`must be a ${schemes[0]}:// URL, such as ${example}; it is ${shown(text)}`);
};

export const mongoUrl = url(["mongodb", "mongodb+srv"], "mongodb://mongo:27017/shop");
export const redisUrl = url(["redis", "rediss"], "redis://redis:6379");

/** Passwords do not belong in logs. @param {string} text */
const shown = (text) => (text === "" ? "not set" : JSON.stringify(text.replace(/:\/\/[^@/]*@/, "://***@")));
