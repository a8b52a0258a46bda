import { readResponderAnswer, responderQuestion } from "./responder-answer.ts";
import { type RevocationAnswer, readRevocationList } from "./revocation-list.ts";
import { revocationPlaces } from "./revocation-places.ts";

/** What is known about a certificate's revocation. */
export type Revocation =
  | RevocationAnswer
  /** The certificate names nobody who could be asked. */
  | { readonly kind: "unnamed" }
  | { readonly kind: "unreachable"; readonly address: string; readonly why: string };

const patienceMs = 10_000;
// Let's Encrypt's parts of a list have about 1 MB, other authorities' whole ones ten times that; a responder's answer has two.
const mostBytes = 32 * 1024 ** 2;
const mostAddresses = 3;

/**
 * Asks whether a certificate was revoked: the list that it names, or, where it names none, its responder; further addresses of the same where the first give nothing. Never rejects but
 * for the signal.
 */
export async function lookUpRevocation(
  certificatePem: string,
  issuerPem: string,
  now: number,
  signal: AbortSignal,
): Promise<Revocation> {
  const { lists, responders } = revocationPlaces(certificatePem);
  const look = async (address: string): Promise<Revocation> => {
    const bytes = await download(address, {}, signal);
    return readRevocationList(bytes, address, certificatePem, issuerPem, now);
  };
  const ask = async (address: string): Promise<Revocation> => {
    const body = responderQuestion(certificatePem, issuerPem);
    const headers = { "Content-Type": "application/ocsp-request" };
    const bytes = await download(address, { method: "POST", headers, body }, signal);
    return readResponderAnswer(bytes, certificatePem, issuerPem, now);
  };
  let found: Revocation = { kind: "unnamed" };
  for (const address of (lists.length > 0 ? lists : responders).slice(0, mostAddresses)) {
    found = await (lists.length > 0 ? look : ask)(address).catch((error: unknown): Revocation => {
      signal.throwIfAborted();
      return { kind: "unreachable", address, why: reasonOf(error) };
    });
    if (found.kind === "good" || found.kind === "revoked") break;
  }
  return found;
}

/** @throws why there are no bytes, in its message */
async function download(address: string, request: RequestInit, signal: AbortSignal): Promise<Uint8Array> {
  const answer = await fetch(address, {
    ...request,
    signal: AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]),
  });
  if (!answer.ok) throw new Error(`HTTP status ${answer.status}`);
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of answer.body ?? []) {
    length += part.byteLength;
    // What follows is not read: leaving the loop cancels it.
    if (length > mostBytes) throw new Error("it is larger than 32 MB");
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function reasonOf(error: unknown): string {
  const { cause, message } = error as Error & { readonly cause?: { readonly code?: string } };
  return cause?.code ?? message;
}
