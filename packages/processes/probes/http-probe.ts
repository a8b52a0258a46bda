import { get as getHttp } from "node:http";
import { get as getHttps } from "node:https";
import type { ProbeAnswer } from "../options.ts";
import type { Probe } from "./probe.ts";

/** What `curl -f URL` and `wget URL` ask, without starting a program: ready at a status below 400. Local certificates are not verified. */
export function httpProbe(url: URL): Probe {
  return { label: `GET ${url.href}`, check: (signal) => request(url, signal) };
}

function request(url: URL, signal: AbortSignal): Promise<ProbeAnswer> {
  return new Promise((resolve, reject) => {
    const onError = (error: Error) => {
      if (signal.aborted) return reject(signal.reason);
      const code = "code" in error ? error.code : undefined;
      resolve({ isReady: false, detail: code === "ECONNREFUSED" ? `nothing listens on ${url.host}` : error.message });
    };
    const onResponse = (response: import("node:http").IncomingMessage) => {
      const status = response.statusCode ?? 0;
      response.resume();
      resolve({ isReady: status > 0 && status < 400, detail: `HTTP ${status}` });
    };
    // No connection is kept: a check must not hold up a server that wants to stop.
    const options = { agent: false, signal, headers: { "user-agent": "drydock-health-check" } } as const;
    const sent =
      url.protocol === "https:"
        ? getHttps(url, { ...options, rejectUnauthorized: false }, onResponse)
        : getHttp(url, options, onResponse);
    sent.once("error", onError);
  });
}

// Flags of curl and wget that do not change what the answer means.
const harmless =
  /^(?:-[fsSLkqOI]+|--fail|--silent|--show-error|--location|--insecure|--quiet|--spider|--no-verbose|-nv|--no-check-certificate|-qO-|-O-)$/;
const withValue =
  /^(?:-o|-O|--output|--output-document|-m|--max-time|--connect-timeout|-T|--timeout|-t|--tries|--retry)$/;

/** The URL of a check that is nothing but a plain `curl -f URL` or `wget URL`, also followed by `|| exit 1`; else undefined. */
export function plainHttpCheck(words: readonly string[]): URL | undefined {
  const [program, ...rest] = words;
  if (program !== "curl" && program !== "wget") return undefined;
  const urls: string[] = [];
  for (let index = 0; index < rest.length; index++) {
    const word = rest[index] ?? "";
    if (withValue.test(word)) index++;
    else if (/^--?[\w-]+=/.test(word) && withValue.test(word.slice(0, word.indexOf("=")))) continue;
    else if (!harmless.test(word)) urls.push(word);
  }
  const [url, ...others] = urls;
  if (url === undefined || others.length > 0 || url.startsWith("-") || /[$`;&|<>]/.test(url)) return undefined;
  const text = /^https?:\/\//.test(url) ? url : `http://${url}`;
  return URL.canParse(text) ? new URL(text) : undefined;
}
