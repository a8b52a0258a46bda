/** Bytes that are no message: there is no way to know where the next one begins, so the connection ends. */
export class WireError extends Error {
  override readonly name = "WireError";
}
