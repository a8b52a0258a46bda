import { badUrl } from "./errors.ts";

/** Where a site is asked. */
export interface SiteAddress {
  readonly url: URL;
  /** What is connected to: names below localhost are this machine (RFC 6761, section 6.3), whatever the resolver says. */
  readonly connect: string;
  /** The name without brackets; undefined for an address, which TLS does not name (RFC 6066, section 3). */
  readonly servername: string | undefined;
  readonly port: number;
}

/** Reads an address of a site. @throws DevError BAD_URL */
export function siteAddress(text: string): SiteAddress {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) throw badUrl(text);
  const url = new URL(text);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const isAddress = /^[\d.]+$|:/.test(host);
  return {
    url,
    connect: /(?:^|\.)localhost$/.test(host) ? "127.0.0.1" : host,
    servername: isAddress ? undefined : host,
    port: Number(url.port) || (url.protocol === "https:" ? 443 : 80),
  };
}
