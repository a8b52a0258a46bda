import type { Instance } from "@drydock/core";

/** `127.0.0.1:3001, :3002`: where instances are reached; the host once where it is the same. */
export function addressList(instances: readonly Instance[]): string {
  const published = instances.flatMap((instance) => instance.addresses.filter((address) => address.isPublished));
  let host = "";
  return published
    .map((address) => {
      const text = address.host === host ? `:${address.port}` : `${address.host}:${address.port}`;
      host = address.host;
      return text;
    })
    .join(", ");
}
