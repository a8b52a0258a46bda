import type { ChainLink } from "@drydock/core";
import type { Status, UpResult } from "@drydock/session";
import { formatDuration } from "./duration.ts";
import type { Paint } from "./paint.ts";

/** The last words of `up`: how long, what it waited for, where to go on. `isForPerson`: somebody may open the address in a browser. */
export function upSummary(result: UpResult, chain: readonly ChainLink[], paint: Paint, isForPerson: boolean): string {
  const took = formatDuration(result.durationMs);
  const waited = chain.filter((link) => link.durationMs >= 50);
  const links = waited.map(({ name, durationMs }) => `${name} ${(durationMs / 1000).toFixed(1)}`).join(" > ");
  const seeding =
    result.seeded && result.seeded.durationMs >= 50 ? `seeding ${(result.seeded.durationMs / 1000).toFixed(1)}` : "";
  const waits = [links, seeding].filter(Boolean).join("; ");
  const head = result.changed
    ? `${paint("green", `Ready in ${took}.`)}${waits ? ` It waited for ${waits}.` : ""}`
    : `${paint("green", "Everything is ready already")}, looked at in ${took}.`;
  const { url, isTrusted } = result.status;
  const plain = plainUrl(result.status);
  const also = plain === undefined || plain === url ? "" : `; without the front ${plain}`;
  const open = url ? `  open   ${paint("cyan", url)}       (dev open${also})\n` : "";
  const trust =
    isTrusted === false && isForPerson ? "  trust  dev trust       (browsers do not trust that address yet)\n" : "";
  return `\n${head}\n${open}${trust}  logs   dev logs -f                       stop   dev down\n`;
}

/** The service's own address behind the stack's, for whoever does not trust the certificate authority. */
function plainUrl({ url, services }: Status): string | undefined {
  const main = services.find(({ urls }) => url !== undefined && urls.includes(url));
  return main?.urls.find((each) => each.startsWith("http:"));
}
