import { type RevocationAnswer, readRevocationList, revocationPlaces } from "./revocation-list.ts";

/** What is known about a certificate's revocation. */
export type Revocation =
  | RevocationAnswer
  /** The certificate names no list: `responders` are those that it names instead. */
  | { readonly kind: "unnamed"; readonly responders: readonly string[] }
  | { readonly kind: "unreachable"; readonly address: string; readonly why: string };

const patienceMs = 10_000;
// Let's Encrypt's parts of a list have about 1 MB, other authorities' whole ones ten times that.
const mostBytes = 32 * 1024 ** 2;

/** Fetches the list that a certificate names, and looks it up there. Never rejects but for the signal. */
export async function lookUpRevocation(
  certificatePem: string,
  issuerPem: string,
  now: number,
  signal: AbortSignal,
): Promise<Revocation> {
  const { lists, responders } = revocationPlaces(certificatePem);
  const [address] = lists;
  if (address === undefined) return { kind: "unnamed", responders };
  try {
    const answer = await fetch(address, { signal: AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]) });
    if (!answer.ok) return { kind: "unreachable", address, why: `HTTP status ${answer.status}` };
    if (Number(answer.headers.get("content-length")) > mostBytes)
      return { kind: "unreachable", address, why: "it is larger than 32 MB" };
    return readRevocationList(new Uint8Array(await answer.arrayBuffer()), certificatePem, issuerPem, now);
  } catch (error) {
    signal.throwIfAborted();
    const { cause, message } = error as Error & { readonly cause?: { readonly code?: string } };
    return { kind: "unreachable", address, why: cause?.code ?? message };
  }
}
