import type { HostPort } from "@drydock/core";

/** The port that a scheme means when none is written. */
const schemePorts: Readonly<Record<string, number>> = { http: 80, https: 443, mongodb: 27017, redis: 6379 };

const loopbackName = String.raw`(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\])`;
const pair = new RegExp(String.raw`(?<![\w.-])${loopbackName}([: ]\s*)(\d+)(?![\w.-])`, "gi");
const bareUrl = new RegExp(String.raw`(?<![\w.-])([a-z]+):\/\/((?:[^\s/@"']*@)?)${loopbackName}(?![\w.:-])`, "gi");

/**
 * A container's own check asks `localhost:3000`; on this machine its port 3000 is another one. Replaces loopback names that come
 * with a container port of the instance (`localhost:3000`, `nc -z localhost 3000`, `http://localhost/`) by its address.
 */
export function substituteOwnAddress(text: string, own: ReadonlyMap<number, HostPort>): string {
  const withUrls = text.replace(bareUrl, (whole, scheme: string, user: string) => {
    const address = own.get(schemePorts[scheme.toLowerCase()] ?? 0);
    return address ? `${scheme}://${user}${address.host}:${address.port}` : whole;
  });
  return withUrls.replace(pair, (whole, separator: string, port: string) => {
    const address = own.get(Number(port));
    return address ? `${address.host}${separator}${address.port}` : whole;
  });
}

/** The command with its own port after `-p`, `--port` or in `--port=`: a server that is told its port by an argument. */
export function substituteOwnPort(words: readonly string[], own: ReadonlyMap<number, HostPort>): readonly string[] {
  return words.map((word, index) => {
    const [, flag, glued] = /^(--[\w-]*port=)(\d+)$/i.exec(word) ?? [];
    const follows = /^(?:-p|-P|--[\w-]*port)$/i.test(words[index - 1] ?? "");
    const address = own.get(Number(glued ?? (follows ? word : Number.NaN)));
    return address ? `${flag ?? ""}${address.port}` : word;
  });
}
