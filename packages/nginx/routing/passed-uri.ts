import type { PassTarget, ProxyPass } from "../configuration/model.ts";
import { readPassTarget } from "../configuration/read-handler.ts";
import type { Lookup } from "../variables/template.ts";
import { escapePath } from "./uri.ts";

/** What of a request decides where it is passed to. */
export interface PassedRequest {
  /** As the request line has it. */
  readonly rawUri: string;
  /** Normalized, as rewrites left it. */
  readonly uri: string;
  readonly args: string;
  /** Whether the URI is still the client's own. */
  readonly isRawValid: boolean;
  /** Whether the location's prefix still begins the URI: not after `rewrite ... break`. */
  readonly isLocationValid: boolean;
}

/** Where a request goes. */
export interface Passed {
  readonly target: PassTarget;
  /** What the upstream's request line asks for. */
  readonly uri: string;
}

/**
 * The rules of `proxy_pass` (ngx_http_proxy_module): without a URI the client's own text is passed; with one, it takes the place of
 * the location's prefix; with variables, a URI is passed as it is. Undefined where variables give no address.
 */
export function passedUri(pass: ProxyPass, request: PassedRequest, lookup: Lookup): Passed | undefined {
  const target = pass.fixed ?? readPassTarget(pass.target.evaluate(lookup));
  if (!target) return undefined;
  const query = request.args === "" ? "" : `?${request.args}`;
  if (target.uri !== undefined && !pass.fixed) return { target, uri: withSlash(target.uri) };
  if (target.uri !== undefined && request.isLocationValid)
    return { target, uri: `${withSlash(target.uri)}${escapePath(request.uri.slice(pass.replaced))}${query}` };
  if (request.isRawValid) return { target, uri: request.rawUri };
  return { target, uri: `${escapePath(request.uri)}${query}` };
}

function withSlash(uri: string): string {
  return uri.startsWith("/") ? uri : `/${uri}`;
}
