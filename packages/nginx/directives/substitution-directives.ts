import { values } from "../configuration/words.ts";
import { flag, type SettingReaders } from "./setting-reader.ts";

/** ngx_http_sub_module. */
export const substitutionDirectives: SettingReaders = {
  sub_filter: (at, own, report) => {
    const [text = "", replacement] = at.words;
    if (replacement === undefined || at.words.length > 2 || values(at)[0] === "")
      report.problem(at, '"sub_filter" takes a string and what replaces it', "write: sub_filter 'old' 'new';");
    const rule = { text: report.template(at, text), replacement: report.template(at, replacement ?? "") };
    own.subFilters = [...(own.subFilters ?? []), rule];
  },
  sub_filter_once: flag("subFilterOnce"),
  sub_filter_types: (at, own) => {
    own.subFilterTypes = ["text/html", ...(own.subFilterTypes ?? []), ...values(at)];
  },
  sub_filter_last_modified: flag("subFilterLastModified"),
};
