import { setTimeout as wait } from "node:timers/promises";

const limitMs = 1_500;

/**
 * Asks everything that a service needs whether it answers.
 * @param {Record<string, () => Promise<unknown>>} needs
 */
export async function checkHealth(needs) {
  const names = Object.keys(needs);
  const answers = await Promise.all(Object.values(needs).map((ask) => answerOf(ask)));
  const failing = names.filter((_, index) => answers[index] !== "ok");
  const checks = Object.fromEntries(names.map((name, index) => [name, answers[index]]));
  return {
    isHealthy: failing.length === 0,
    report: { status: failing.length === 0 ? "ok" : "unavailable", failing, checks },
  };
}

/**
 * Waits until everything answers, but not for long: a service that is half useful should serve that half.
 * @param {Record<string, () => Promise<unknown>>} needs
 */
export async function untilHealthy(needs) {
  const end = performance.now() + 5_000;
  while (performance.now() < end && !(await checkHealth(needs)).isHealthy) await wait(20);
}

/** @param {() => Promise<unknown>} ask @returns {Promise<string>} "ok", or why not */
async function answerOf(ask) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const tooLate = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${limitMs} ms`)), limitMs);
  });
  try {
    await Promise.race([ask(), tooLate]);
    return "ok";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    clearTimeout(timer);
  }
}
