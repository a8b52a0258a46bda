export type {
  Balance,
  EdgeConfiguration,
  LimitZone,
  Listen,
  Location,
  LogFormat,
  PassTarget,
  Peer,
  ProxyPass,
  Server,
  TlsSettings,
  Upstream,
} from "./configuration/model.ts";
export { type ReadConfiguration, readConfiguration } from "./configuration/read-configuration.ts";
export { splitAuthority } from "./configuration/read-upstream.ts";
export type {
  AccessLogRule,
  CookieRule,
  ErrorPage,
  ExpiresRule,
  HeaderRule,
  LimitRequestRule,
  RedirectRule,
  Settings,
} from "./configuration/settings.ts";
export type { Directive, Place } from "./directive.ts";
export { badConfiguration } from "./errors.ts";
export { expandIncludes, matchesGlob } from "./expand-includes.ts";
export {
  type FrontAnswer,
  type FrontPlan,
  type FrontRoute,
  type FrontService,
  type FrontSite,
  type FrontUpstream,
  generationHost,
  waitingHeaders,
} from "./front/front-plan.ts";
export { renderFront } from "./front/render-front.ts";
export { originsName, parseOrigins } from "./line-origins.ts";
export { compareConfigurations } from "./parity/compare-configurations.ts";
export { layerFront } from "./parity/layer-front.ts";
export { shortest as shortestName, sitesOf } from "./parity/pair-servers.ts";
export { type ParityLine, type ParityValue, parityScore } from "./parity/parity-line.ts";
export { viewConfiguration } from "./parity/views.ts";
export { readDirectives } from "./parse.ts";
export { readMountedNginx } from "./read-mounted-nginx.ts";
export { renderNginx } from "./render-nginx.ts";
export { type RewriteState, runActions } from "./rewrite/run-actions.ts";
export { type FoundLocation, findLocation } from "./routing/find-location.ts";
export { type AddressServers, findServer, hostOf, serversOf } from "./routing/find-server.ts";
export { passedUri } from "./routing/passed-uri.ts";
export { escapeArgument, escapePath, normalizePath, splitQuery } from "./routing/uri.ts";
export { staticPaths } from "./static-paths.ts";
export type { Lookup, Template } from "./variables/template.ts";
