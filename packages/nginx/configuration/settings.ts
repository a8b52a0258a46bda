import type { Template } from "../variables/template.ts";

/** A header to add, with its value. */
export interface HeaderRule {
  readonly name: string;
  readonly value: Template;
  /** `add_header ... always`: whatever the status. */
  readonly isAlways: boolean;
}

export interface ErrorPage {
  readonly statuses: readonly number[];
  /** `=200`; 0 for `=` alone: the status of what answers; undefined to keep the error's. */
  readonly answer: number | undefined;
  readonly target: Template;
}

export interface AccessLogRule {
  readonly path: Template;
  readonly format: string;
  readonly condition: Template | undefined;
}

export interface LimitRequestRule {
  readonly zone: string;
  readonly burst: number;
  /** How many of the burst are not delayed; Infinity for `nodelay`. */
  readonly undelayed: number;
}

export interface AccessRule {
  readonly isAllowed: boolean;
  /** An address, a network as `10.0.0.0/8`, `all` or `unix:`. */
  readonly network: string;
}

export interface ExpiresRule {
  readonly kind: "off" | "epoch" | "max" | "after" | "modified" | "daily";
  /** Seconds: from now, from the last change, or of the day. */
  readonly seconds: number;
}

export interface RedirectRule {
  readonly from: Template | RegExp;
  readonly to: Template;
}

export interface CookieRule {
  readonly from: string | RegExp;
  readonly to: Template;
}

/** `proxy_set_header` and `proxy_redirect` may say `default`; these are what is inherited when no rule is given. */
export interface ProxySettings {
  readonly proxyHeaders: readonly HeaderRule[];
  readonly proxyHideHeaders: readonly string[];
  readonly proxyPassHeaders: readonly string[];
  /** Undefined is `default`; an empty list is `off`. */
  readonly proxyRedirect: readonly (RedirectRule | "default")[] | undefined;
  readonly proxyCookieDomain: readonly CookieRule[];
  readonly proxyCookiePath: readonly CookieRule[];
  readonly proxyConnectTimeoutMs: number;
  readonly proxyReadTimeoutMs: number;
  readonly proxySendTimeoutMs: number;
  readonly proxyBuffering: boolean;
  readonly proxyRequestBuffering: boolean;
  readonly proxyHttpVersion: string;
  readonly proxyMethod: Template | undefined;
  readonly proxySetBody: Template | undefined;
  readonly proxyPassRequestHeaders: boolean;
  readonly proxyPassRequestBody: boolean;
  readonly proxyInterceptErrors: boolean;
  readonly proxyIgnoreClientAbort: boolean;
  readonly proxyNextUpstream: readonly string[];
  /** 0 for no limit. */
  readonly proxyNextUpstreamTries: number;
  /** 0 for no limit. */
  readonly proxyNextUpstreamTimeoutMs: number;
  readonly proxySslVerify: boolean;
  readonly proxySslServerName: boolean;
  readonly proxySslName: Template | undefined;
  readonly proxySslTrustedCertificate: string | undefined;
  readonly proxySslCertificate: string | undefined;
  readonly proxySslCertificateKey: string | undefined;
}

export interface StaticSettings {
  /** `root`, or `alias` with what it replaces. */
  readonly root: { readonly path: Template; readonly alias: "none" | "prefix" | "regex"; readonly replaced: number };
  readonly index: readonly Template[];
  readonly autoindex: boolean;
  readonly defaultType: string;
  /** Extension in lower case to media type. */
  readonly types: ReadonlyMap<string, string>;
  readonly charset: string | undefined;
  readonly etag: boolean;
  readonly ifModifiedSince: "off" | "exact" | "before";
  readonly gzipStatic: "off" | "on" | "always";
  readonly maxRanges: number;
}

export interface GzipSettings {
  readonly gzip: boolean;
  readonly gzipTypes: readonly string[];
  readonly gzipMinLength: number;
  readonly gzipLevel: number;
  readonly gzipVary: boolean;
  readonly gzipProxied: readonly string[];
  readonly gzipHttpVersion: string;
}

/** One string of a body and what takes its place. */
export interface SubstitutionRule {
  readonly text: Template;
  readonly replacement: Template;
}

export interface SubstitutionSettings {
  readonly subFilters: readonly SubstitutionRule[];
  readonly subFilterOnce: boolean;
  readonly subFilterTypes: readonly string[];
  readonly subFilterLastModified: boolean;
}

export interface AnswerSettings {
  readonly addHeaders: readonly HeaderRule[];
  readonly expires: ExpiresRule;
  readonly errorPages: readonly ErrorPage[];
  readonly recursiveErrorPages: boolean;
  readonly accessLog: readonly AccessLogRule[];
  readonly serverTokens: string;
  readonly absoluteRedirect: boolean;
  readonly portInRedirect: boolean;
  readonly serverNameInRedirect: boolean;
}

export interface AccessSettings {
  /** Bytes; 0 for no limit. */
  readonly clientMaxBodySize: number;
  readonly clientBodyTimeoutMs: number;
  readonly keepaliveTimeoutMs: number;
  readonly keepaliveRequests: number;
  readonly sendTimeoutMs: number;
  readonly limitRequests: readonly LimitRequestRule[];
  readonly limitRequestStatus: number;
  readonly accessRules: readonly AccessRule[];
  readonly satisfy: "all" | "any";
  /** Undefined is `off`. */
  readonly authBasic: Template | undefined;
  readonly authBasicUserFile: Template | undefined;
}

/** What a location says or inherits: a directive that may stand in `http`, `server` and `location`. */
export type Settings = ProxySettings &
  StaticSettings &
  GzipSettings &
  SubstitutionSettings &
  AnswerSettings &
  AccessSettings;
