import { type Directive, directive } from "../directive.ts";
import { quote } from "../rewrite-paths.ts";

/** What every service is told of the request. */
export const usualHeaders: readonly Directive[] = (
  [
    ["Host", "$http_host"],
    ["Upgrade", "$http_upgrade"],
    ["Connection", "$connection_upgrade"],
    ["X-Request-Id", "$trace_id"],
    ["X-Forwarded-For", "$remote_addr"],
    ["X-Forwarded-Host", "$http_host"],
    ["X-Forwarded-Proto", "$scheme"],
    ["X-Forwarded-Port", "$server_port"],
  ] as const
).map(setHeader);

/** `proxy_set_header`; a value that is one variable needs no quotes. */
export function setHeader([name, value]: readonly [string, string]): Directive {
  return directive("proxy_set_header", name, quote(value).replace(/^"(\$\w+)"$/, "$1"));
}
