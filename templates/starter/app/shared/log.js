/** @typedef {Record<string, unknown>} Fields What a line says besides its message. */

/** Writes JSON lines on standard output: `{"level":"info","time":"2026-01-31T12:00:00.000Z","msg":"listening","port":3000}`. */
export const log = {
  /** @param {string} msg @param {Fields} [fields] */
  info: (msg, fields) => write("info", msg, fields),
  /** @param {string} msg @param {Fields} [fields] */
  warn: (msg, fields) => write("warn", msg, fields),
  /** @param {string} msg @param {Fields} [fields] */
  error: (msg, fields) => write("error", msg, fields),
};

/** @param {"info" | "warn" | "error"} level @param {string} msg @param {Fields} [fields] */
function write(level, msg, fields) {
  const line = { level, time: new Date().toISOString(), msg, ...fields };
  process.stdout.write(`${JSON.stringify(line, errorsAsText)}\n`);
}

/** An Error has no enumerable fields: JSON.stringify alone would write `{}`. @param {string} _key @param {unknown} value */
function errorsAsText(_key, value) {
  return value instanceof Error ? (value.stack ?? value.message) : value;
}
