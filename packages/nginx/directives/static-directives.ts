import { values } from "../configuration/words.ts";
import { count, flag, plain, type SettingReaders } from "./setting-reader.ts";

/** Files: the parts of ngx_http_core_module, index, autoindex, gzip_static and charset that say what a file is sent as. */
export const staticDirectives: SettingReaders = {
  root: (at, own, report) => {
    if (at.words.length !== 1) report.problem(at, `"root" takes one folder, it has ${at.words.length}`);
    own.root = { path: report.template(at, at.words[0] ?? ""), alias: "none", replaced: 0 };
  },
  index: (at, own, report) => {
    own.index = [...(own.index ?? []), ...at.words.map((word) => report.template(at, word))];
  },
  autoindex: flag("autoindex"),
  default_type: plain("defaultType"),
  types: (at, own) => {
    const types = new Map(own.types);
    for (const each of at.block ?? [])
      for (const extension of values(each)) types.set(extension.toLowerCase(), each.name);
    own.types = types;
  },
  charset: (at, own) => {
    const [word] = values(at);
    own.charset = word === "off" ? undefined : word;
  },
  etag: flag("etag"),
  if_modified_since: (at, own, report) => {
    const [word] = values(at);
    if (word === "off" || word === "exact" || word === "before") own.ifModifiedSince = word;
    else report.problem(at, `"${word}" is not off, exact or before`, "write: if_modified_since exact;");
  },
  gzip_static: (at, own, report) => {
    const [word] = values(at);
    if (word === "off" || word === "on" || word === "always") own.gzipStatic = word;
    else report.problem(at, `"${word}" is not on, off or always`, "write: gzip_static on;");
  },
  max_ranges: count("maxRanges"),
};
