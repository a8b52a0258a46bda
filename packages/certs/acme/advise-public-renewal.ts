import { X509Certificate } from "node:crypto";
import { covers, type RenewalAdvice } from "../renewal.ts";
import type { RenewalWindow } from "./renewal-window.ts";

/**
 * A public certificate is due when a third of its life is left (or its authority's window has begun, whichever is first), when it is not for exactly these
 * names, or when it is outside its life. `now` in milliseconds.
 */
export function advisePublicRenewal(
  certificatePem: string | undefined,
  names: readonly string[],
  now: number,
  window: RenewalWindow | undefined,
): RenewalAdvice {
  if (certificatePem === undefined) return { isDue: true, because: "there is none yet" };
  const leaf = new X509Certificate(certificatePem);
  const missing = names.filter((name) => !covers(leaf, name));
  if (missing.length > 0) return { isDue: true, because: `it is not for ${missing.join(", ")}` };
  const has = (leaf.subjectAltName ?? "").split(", ").map((name) => name.replace(/^DNS:/, ""));
  const surplus = has.filter((name) => name !== "" && !names.includes(name));
  if (surplus.length > 0) return { isDue: true, because: `it is for ${surplus.join(", ")} too, which is not wanted` };
  const from = Date.parse(leaf.validFrom);
  const until = Date.parse(leaf.validTo);
  if (now >= until) return { isDue: true, because: "it has expired" };
  const third = until - (until - from) / 3;
  if (window && now >= window.start) return { isDue: true, because: "its authority asks for it" };
  if (now >= third) return { isDue: true, because: "a third of its life is left" };
  return { isDue: false, dueAt: Math.min(third, window?.start ?? third) };
}
