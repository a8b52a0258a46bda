import acme from "acme-client";
import { termsNotAgreed } from "./errors.ts";

/** Refuses to make an account where the authority has terms that nobody agreed to (RFC 8555, section 7.3.3). @throws DevError TERMS_NOT_AGREED */
export async function requireAgreement(directoryUrl: string, agreesToTerms: boolean): Promise<void> {
  if (agreesToTerms) return;
  const { data } = await acme.axios.get<{ readonly meta?: { readonly termsOfService?: string } }>(directoryUrl);
  const terms = data.meta?.termsOfService;
  if (terms) throw termsNotAgreed(terms);
}
