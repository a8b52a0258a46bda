import type { NginxRequest } from "@drydock/core";
import { type Directive, directive } from "./directive.ts";
import { placeText } from "./expand-includes.ts";
import { isOlder } from "./features.ts";

/**
 * Gives a `server` the addresses of this machine: each `listen` of a container port becomes the address that was given out
 * for it, once, because IPv4 and IPv6 lines of one port meet in one loopback address.
 */
export function rewriteListen(
  server: readonly Directive[],
  request: NginxRequest,
  notices: string[],
): readonly Directive[] {
  const isOldHttp2 = isOlder(request.version, "1.25.1");
  const wantsHttp2 = server.some((each) => each.name === "http2" && each.words[0] === "on");
  const taken = new Set<string>();
  const rewrite = (each: Directive): readonly Directive[] => {
    const port = portOf(each.words[0] ?? "80");
    if (port === undefined) return [];
    const address = request.listen.get(port);
    if (!address) {
      notices.push(
        `${placeText(each)}: listen ${each.words.join(" ")} is left out: the service does not publish or expose port ${port}.`,
      );
      return [];
    }
    const target = `${address.host}:${address.port}`;
    // HTTP/3 would take the place of the TCP line for the same port.
    if (each.words.includes("quic")) {
      notices.push(
        `${placeText(each)}: listen ${each.words.join(" ")} is left out: HTTP/3 is not served on this machine.`,
      );
      return [];
    }
    if (taken.has(target)) return [];
    taken.add(target);
    const flags = each.words.slice(1).filter((word) => !/^(ipv6only|reuseport|fastopen|backlog|bind\b)/.test(word));
    const http2 = isOldHttp2 && wantsHttp2 && flags.includes("ssl") && !flags.includes("http2") ? ["http2"] : [];
    return [{ ...each, words: [target, ...flags, ...http2] }];
  };
  const hasListen = server.some((each) => each.name === "listen");
  // Without `listen`, nginx takes port 80 (ngx_http_core_module, listen).
  const all = hasListen ? server : [directive("listen", "80"), ...server];
  return all
    .flatMap((each) => (each.name === "listen" ? rewrite(each) : [each]))
    .filter((each) => !(isOldHttp2 && each.name === "http2"));
}

/** `80`, `*:80`, `[::]:80`, `127.0.0.1:80`, or an address alone, which means port 80; undefined for a Unix socket. */
function portOf(word: string): number | undefined {
  if (word.startsWith("unix:")) return undefined;
  const port = /(?:^|:)(\d+)$/.exec(word.replace(/^\[[^\]]*\]$/, "80"))?.[1];
  return port === undefined ? 80 : Number(port);
}
