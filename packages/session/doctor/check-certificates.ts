import { DevError } from "@drydock/core";
import { examineCertificates } from "../certs/examine-certificates.ts";
import type { Check } from "./finding.ts";

/** The certificate of the stack's front, and the authority that signed it. */
export const checkCertificates: Check = async (source) => {
  try {
    return (await examineCertificates(source)).map((finding) => ({ check: "certs", ...finding }));
  } catch (error) {
    // Mistakes in the files are told by the check of the stack.
    if (error instanceof DevError) return [];
    throw error;
  }
};
