import { readFile } from "node:fs/promises";
import { Agent } from "node:https";
import { rootCertificates } from "node:tls";
import { DevError } from "@drydock/core";
import acme from "acme-client";
import axios, { type AxiosResponse, type InternalAxiosRequestConfig } from "axios";
import { acmeRateLimited, acmeRefused, acmeUnreachable } from "./errors.ts";

/** How an authority is spoken to. */
export interface AcmeRoad {
  readonly url: string;
  /** The PEM file of who signed the directory's own certificate; undefined: the public ones. */
  readonly authorityFile: string | undefined;
  readonly now: () => number;
  /** Called when the authority says until when it is not to be asked (milliseconds since the epoch), with its words. */
  readonly onRateLimit: (until: number, said: string) => Promise<void>;
}

/** What an authority says no with (RFC 7807; RFC 8555, section 6.7). */
interface AcmeProblem {
  readonly type?: string;
  readonly detail?: string;
  readonly subproblems?: readonly { readonly detail?: string; readonly identifier?: { readonly value?: string } }[];
}

interface LastAnswer {
  readonly status: number;
  readonly problem: AcmeProblem | undefined;
  readonly retryAfter: string | undefined;
}

const patienceMs = 30_000;
const rateLimited = "urn:ietf:params:acme:error:rateLimited";

/**
 * Lets the library speak to one authority while `work` runs, one at a time in a process: nothing is asked again but after a refused nonce (RFC 8555, section 6.5), and
 * what fails comes as an error with the authority's own words. @throws DevError ACME_UNREACHABLE, ACME_REFUSED, ACME_RATE_LIMITED; what `work` throws itself
 */
export async function overRoad<Value>(
  { url, authorityFile, now, onRateLimit }: AcmeRoad,
  signal: AbortSignal,
  work: () => Promise<Value>,
): Promise<Value> {
  const own = authorityFile === undefined ? undefined : await readFile(authorityFile, "utf8");
  const httpsAgent = new Agent({ keepAlive: true, ...(own === undefined ? {} : { ca: [...rootCertificates, own] }) });
  let last: LastAnswer | undefined;
  let broken: NodeJS.ErrnoException | undefined;
  const send = axios.getAdapter("http");
  const { defaults } = acme.axios;
  // Else it would ask five times more where it is told to wait.
  Object.assign(defaults, { acmeSettings: { retryMaxAttempts: 0, retryDefaultDelay: 0 } });
  defaults.adapter = async (config: InternalAxiosRequestConfig) => {
    try {
      return await send({ ...config, signal, httpsAgent, timeout: patienceMs });
    } catch (error) {
      // The library has every answer come as an error, to look at them in one place.
      const { response } = error as { readonly response?: AxiosResponse };
      if (response) last = answerOf(response);
      else broken = error as NodeJS.ErrnoException;
      throw error;
    }
  };
  try {
    return await work();
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof DevError) throw error;
    if (broken) throw unreachable(url, broken);
    if (last && last.status >= 400) throw await refusal(last, now(), onRateLimit);
    throw acmeRefused(error instanceof Error ? error.message : String(error), undefined, []);
  } finally {
    httpsAgent.destroy();
  }
}

function answerOf({ status, data, headers }: AxiosResponse): LastAnswer {
  return { status, problem: problemOf(data), retryAfter: headers["retry-after"] };
}

/** The body is text here: the library reads it later. */
function problemOf(data: unknown): AcmeProblem | undefined {
  try {
    const read: unknown = typeof data === "string" ? JSON.parse(data) : data;
    return typeof read === "object" && read !== null ? (read as AcmeProblem) : undefined;
  } catch {
    return undefined;
  }
}

async function refusal(
  { status, problem, retryAfter }: LastAnswer,
  now: number,
  onRateLimit: AcmeRoad["onRateLimit"],
): Promise<DevError> {
  const said = problem?.detail ?? `HTTP status ${status}`;
  if (problem?.type === rateLimited || status === 429) {
    const until = retryAt(retryAfter, said, now);
    if (until !== undefined) await onRateLimit(until, said);
    return acmeRateLimited(said, until);
  }
  const parts = (problem?.subproblems ?? []).map(
    ({ identifier, detail }) => `${identifier?.value ?? "?"}: ${detail ?? ""}`,
  );
  return acmeRefused(said, problem?.type, parts);
}

/** RFC 9110, section 10.2.3: seconds or a date; Let's Encrypt says it in words, too. Milliseconds since the epoch. */
export function retryAt(header: string | undefined, said: string, now: number): number | undefined {
  const text = header ?? /retry after (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC)/.exec(said)?.[1];
  if (text === undefined) return undefined;
  const at = /^\d+$/.test(text) ? now + Number(text) * 1000 : Date.parse(text);
  return Number.isNaN(at) ? undefined : at;
}

function unreachable(url: string, { code, message }: NodeJS.ErrnoException): DevError {
  const isUntrusted = /SELF_SIGNED|UNABLE_TO|CERT_|ALTNAME/.test(code ?? "");
  return acmeUnreachable(
    url,
    isUntrusted ? `its certificate is not trusted (${code})` : (code ?? message),
    isUntrusted,
  );
}
