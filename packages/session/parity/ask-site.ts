import { request as askPlain, type ClientRequestArgs, type IncomingMessage } from "node:http";
import { request as askSecure } from "node:https";
import { siteUnreachable } from "./errors.ts";
import type { SiteAddress } from "./site-address.ts";

/** An answer as it came. */
export interface SiteAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** How long a site may be silent. Milliseconds. */
export const patienceMs = 10_000;

/** One GET, as a browser asks that takes compression; redirects are not followed and certificates not judged. @throws DevError SITE_UNREACHABLE */
export function askSite(
  { url, connect, servername, port }: SiteAddress,
  isSecure: boolean,
  signal: AbortSignal,
): Promise<SiteAnswer> {
  const options: ClientRequestArgs & { rejectUnauthorized: boolean; servername?: string } = {
    host: connect,
    port,
    path: `${url.pathname}${url.search}`,
    headers: { Host: url.host, "Accept-Encoding": "gzip, deflate, br, zstd", "User-Agent": "drydock-parity" },
    agent: false,
    rejectUnauthorized: false,
    timeout: patienceMs,
    signal,
    ...(servername === undefined ? {} : { servername }),
  };
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) =>
      reject(signal.aborted ? signal.reason : siteUnreachable(url.href, reasonOf(error, connect, port)));
    const take = (response: IncomingMessage) => {
      const headers: (readonly [string, string])[] = [];
      for (let index = 0; index + 1 < response.rawHeaders.length; index += 2)
        headers.push([response.rawHeaders[index]?.toLowerCase() ?? "", response.rawHeaders[index + 1] ?? ""]);
      response.destroy();
      resolve({ status: response.statusCode ?? 0, headers });
    };
    const outgoing = isSecure ? askSecure(options, take) : askPlain(options, take);
    outgoing.once("error", fail);
    outgoing.once("timeout", () => outgoing.destroy(Object.assign(new Error("silence"), { code: "ETIMEDOUT" })));
    outgoing.end();
  });
}

function reasonOf({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  switch (code) {
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `the name ${host} is not known (${code})`;
    case "ECONNREFUSED":
      return `nothing listens at ${host}:${port}`;
    case "ETIMEDOUT":
      return `${host}:${port} did not answer within ${patienceMs / 1000} s`;
    default:
      return code === undefined ? message : `${message} (${code})`;
  }
}
