import type { RouteFamily } from "../route-case.ts";

/** sub_filter: bodies that change on their way. */
export const substitutions: RouteFamily = {
  name: "sub_filter",
  configuration: ({ port, a, folder }) => `
types { text/html html; text/css css; text/plain txt; }
sub_filter "<P>" "<p>new ";
server { listen 127.0.0.1:${port}; server_name localhost; root ${folder}/site; default_type text/html;
  location / { }
  location /dated/ { sub_filter_last_modified on; alias ${folder}/site/; }
  location /own/ { sub_filter home "$arg_to away"; sub_filter "</p>" "!</p>"; alias ${folder}/site/; }
  location /zip/ { gzip on; gzip_min_length 1; alias ${folder}/site/; }
  location /once/ { sub_filter ab x; return 200 "AB ab aab"; }
  location /all/ { sub_filter ab x; sub_filter cd y; sub_filter_once off; return 200 "AB ab aabcd\\n"; }
  location /overlap/ { sub_filter aab x; sub_filter_once off; return 200 "aaab aaaab"; }
  location /none/ { return 200 "nothing of it"; }
  location /empty/ { return 200 ""; }
  location /text/ { sub_filter_types text/plain; default_type text/plain; return 200 "<p>text"; }
  location /css/ { default_type text/css; return 200 "<p>css"; }
  location /any/ { sub_filter_types *; sub_filter a-name b-name; sub_filter '"name":"a"' '"name":"changed"'; proxy_pass http://127.0.0.1:${a}/; }
}
`,
  cases: [
    {
      that: "a string is replaced, whatever its case, and the length is not that of the file",
      ask: "/index.html",
      answers: {
        status: 200,
        body: "<p>new home</p>",
        headers: { "content-length": undefined, "last-modified": undefined, etag: undefined },
      },
    },
    {
      that: "the date is kept where that is said, and the tag is weak",
      ask: "/dated/index.html",
      answers: { body: "<p>new home</p>", headers: { "last-modified": /2026/, etag: /^W\// } },
    },
    {
      that: "an answer to HEAD has no length either",
      ask: { method: "HEAD", path: "/index.html" },
      answers: { status: 200, headers: { "content-length": undefined } },
    },
    {
      that: "a range",
      ask: { path: "/index.html", headers: { Range: "bytes=0-3" } },
      answers: { status: 200, body: "<p>new home</p>" },
    },
    {
      that: "rules of a location take the place of those above, with variables",
      ask: "/own/index.html?to=far",
      answers: { body: "<p>far away!</p>" },
    },
    {
      that: "what is changed is compressed afterwards",
      ask: { path: "/zip/index.html", headers: { "Accept-Encoding": "gzip" } },
      answers: { headers: { "content-encoding": "gzip" } },
    },
    { that: "once", ask: "/once/", answers: { body: "x ab aab" } },
    { that: "each time", ask: "/all/", answers: { body: "x x axy\n" } },
    { that: "the end of one may be the beginning of another", ask: "/overlap/", answers: { body: "ax aax" } },
    {
      that: "a body without it stays",
      ask: "/none/",
      answers: { body: "nothing of it", headers: { "content-length": undefined } },
    },
    { that: "an empty body has its length", ask: "/empty/", answers: { body: "", headers: { "content-length": "0" } } },
    { that: "another type stays", ask: "/css/", answers: { body: "<p>css", headers: { "content-length": "6" } } },
    { that: "another type where it is named", ask: "/text/", answers: { body: "<p>new text" } },
    { that: "a proxied answer of any type", ask: "/any/", answers: { body: /^\{"name":"changed","method"/ } },
  ],
};
