/** The file descriptor of a socket or pipe, which Node keeps to itself; undefined on Windows, where there is none. */
export function descriptorOf(stream: object): number | undefined {
  const handle: unknown = "_handle" in stream ? stream._handle : undefined;
  if (typeof handle !== "object" || handle === null || !("fd" in handle)) return undefined;
  return typeof handle.fd === "number" && handle.fd >= 0 ? handle.fd : undefined;
}
