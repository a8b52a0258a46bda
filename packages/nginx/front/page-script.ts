import { type Directive, directive } from "../directive.ts";
import type { FrontPlan } from "./front-plan.ts";

/** Whatever is asked below it, at any of a front's names, is for the script in its pages. */
const pagePath = "/.drydock/";

/** The script's own address. */
const pageScript = `${pagePath}page.js`;

/**
 * Puts the script first into a page: at once after its doctype, which each whole page has and no part of one. A script of its own address, not a text in
 * the page, so that a Content-Security-Policy of "self" lets it run.
 */
export const withPageScript: readonly Directive[] = [
  directive("sub_filter", "'<!doctype html>'", `'<!doctype html><script src="${pageScript}"></script>'`),
  directive("sub_filter_last_modified", "on"),
];

// Whoever asks for a page is answered uncompressed, so that the script can be put in.
const plainPages = "$page_encoding";

/** At the level of `http`. */
export function pageEncoding({ pages }: FrontPlan): readonly Directive[] {
  if (!pages) return [];
  const block = [directive("default", "$http_accept_encoding"), directive('"~text/html"', '""')];
  return [{ ...directive("map", "$http_accept", plainPages), block }];
}

/** What a service is told besides. */
export const pageHeaders = ({ pages }: FrontPlan): readonly Directive[] =>
  pages ? [directive("proxy_set_header", "Accept-Encoding", plainPages)] : [];

/** Where the script and its events are. */
export function pageLocation({ pages }: FrontPlan): readonly Directive[] {
  if (!pages) return [];
  const block = [directive("access_log", "off"), directive("proxy_pass", `http://${pages.host}:${pages.port}/`)];
  return [{ ...directive("location", "^~", pagePath), block }];
}
