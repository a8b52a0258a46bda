import { values } from "../configuration/words.ts";
import { count, flag, plain, type SettingReaders, size } from "./setting-reader.ts";

/** ngx_http_gzip_module. */
export const gzipDirectives: SettingReaders = {
  gzip: flag("gzip"),
  gzip_types: (at, own) => {
    own.gzipTypes = ["text/html", ...(own.gzipTypes ?? []), ...values(at)];
  },
  gzip_min_length: size("gzipMinLength"),
  gzip_comp_level: count("gzipLevel"),
  gzip_vary: flag("gzipVary"),
  gzip_proxied: (at, own) => {
    own.gzipProxied = values(at);
  },
  gzip_http_version: plain("gzipHttpVersion"),
};
