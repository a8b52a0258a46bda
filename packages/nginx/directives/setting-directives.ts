import { accessDirectives } from "./access-directives.ts";
import { answerDirectives } from "./answer-directives.ts";
import { gzipDirectives } from "./gzip-directives.ts";
import { proxyDirectives } from "./proxy-directives.ts";
import type { SettingReader } from "./setting-reader.ts";
import { staticDirectives } from "./static-directives.ts";
import { substitutionDirectives } from "./substitution-directives.ts";

/** Each directive that may stand in `http`, `server` and `location`, and is inherited. */
export const settingDirectives: ReadonlyMap<string, SettingReader> = new Map(
  [
    proxyDirectives,
    staticDirectives,
    gzipDirectives,
    substitutionDirectives,
    answerDirectives,
    accessDirectives,
  ].flatMap((family) => Object.entries(family)),
);

/** Those of them that may be given more than once in a block; nginx calls the others duplicate. */
export const repeatable: ReadonlySet<string> = new Set(
  "proxy_set_header proxy_hide_header proxy_pass_header proxy_redirect proxy_cookie_domain proxy_cookie_path index types add_header error_page access_log limit_req allow deny sub_filter".split(
    " ",
  ),
);

/** What may stand in an `if` of a location besides the rewrite module's own (context "if in location" in nginx's manual). */
export const inIf: ReadonlySet<string> = new Set(
  "root add_header expires error_page access_log gzip charset sendfile limit_rate limit_rate_after".split(" "),
);
