/**
 * Waits until `check` returns something other than undefined or false and no longer throws, polling every 20 ms.
 * @throws the last failure, after `timeoutMs`
 */
export async function eventually<T>(check: () => T | Promise<T>, timeoutMs = 15_000): Promise<NonNullable<T>> {
  const end = Date.now() + timeoutMs;
  let failure: unknown;
  do {
    try {
      const value = await check();
      if (value !== undefined && value !== null && value !== false) return value;
      failure = new Error(`it is still ${String(value)}`);
    } catch (error) {
      failure = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  } while (Date.now() < end);
  throw failure;
}
