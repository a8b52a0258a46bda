import type { RouteFamily } from "../route-case.ts";

const gzip = { "Accept-Encoding": "gzip" };

/** add_header with its inheritance, gzip. */
export const headers: RouteFamily = {
  name: "add_header, gzip and their inheritance",
  configuration: ({ port, a, folder }) => `
types { text/html html; text/css css; application/json json; text/plain txt; }
add_header X-Http http;
gzip_types text/css application/json;
server { listen 127.0.0.1:${port}; server_name localhost; root ${folder}/site;
  add_header X-Server server;
  add_header X-Always always always;
  location /own/ { add_header X-Own "own $uri"; return 200 "own"; }
  location /inherits/ { return 200 "inherits"; }
  location /inherits-error/ { return 500; }
  location /empty-value/ { add_header X-Empty $arg_nothing; return 200 "x"; }
  location /if/ { if ($arg_a) { add_header X-If if; return 200 "in if"; } return 200 "outside"; }
  location /zip/ { gzip on; gzip_vary on; alias ${folder}/site/; }
  location /zip-level/ { gzip on; gzip_min_length 5000; alias ${folder}/site/; }
  location /zip-proxy/ { gzip on; proxy_pass http://127.0.0.1:${a}; }
  location /zip-via/ { gzip on; gzip_proxied any; proxy_pass http://127.0.0.1:${a}; }
}
`,
  cases: [
    {
      that: "headers of the server, not of http, where a location has none",
      ask: "/inherits/",
      answers: { headers: { "x-server": "server", "x-always": "always", "x-http": undefined } },
    },
    {
      that: "only those of the location where it has some",
      ask: "/own/",
      answers: { headers: { "x-own": "own /own/", "x-server": undefined } },
    },
    {
      that: "an error has only those with always",
      ask: "/inherits-error/",
      answers: { status: 500, headers: { "x-server": undefined, "x-always": "always" } },
    },
    { that: "an empty value adds nothing", ask: "/empty-value/", answers: { headers: { "x-empty": undefined } } },
    {
      that: "headers of an if that holds",
      ask: "/if/?a=1",
      answers: { body: "in if", headers: { "x-if": "if", "x-server": undefined } },
    },
    {
      that: "not of one that does not",
      ask: "/if/",
      answers: { headers: { "x-if": undefined, "x-server": "server" } },
    },
    {
      that: "a type of the list is compressed",
      ask: { path: "/zip/style.css", headers: gzip },
      answers: {
        status: 200,
        headers: {
          "content-encoding": "gzip",
          vary: "Accept-Encoding",
          etag: /^W\//,
          "content-length": undefined,
          "accept-ranges": undefined,
        },
      },
    },
    {
      that: "Vary is there without compression",
      ask: "/zip/style.css",
      answers: { headers: { vary: "Accept-Encoding", "content-encoding": undefined } },
    },
    {
      that: "q=0 refuses it",
      ask: { path: "/zip/style.css", headers: { "Accept-Encoding": "gzip;q=0" } },
      answers: { headers: { "content-encoding": undefined } },
    },
    {
      that: "a short file is not compressed",
      ask: { path: "/zip/packed.css", headers: gzip },
      answers: { headers: { "content-encoding": undefined } },
    },
    {
      that: "another type is not compressed",
      ask: { path: "/zip/numbers.txt", headers: gzip },
      answers: { headers: { "content-encoding": undefined } },
    },
    {
      that: "gzip_min_length",
      ask: { path: "/zip-level/style.css", headers: gzip },
      answers: { headers: { "content-encoding": undefined } },
    },
    {
      that: "a proxied answer is compressed",
      ask: { path: "/zip-proxy/long", headers: gzip },
      answers: { headers: { "content-encoding": "gzip" } },
    },
    {
      that: "not for a proxy by default",
      ask: { path: "/zip-proxy/long", headers: { ...gzip, Via: "1.1 x" } },
      answers: { headers: { "content-encoding": undefined } },
    },
    {
      that: "for a proxy by gzip_proxied any",
      ask: { path: "/zip-via/long", headers: { ...gzip, Via: "1.1 x" } },
      answers: { headers: { "content-encoding": "gzip" } },
    },
  ],
};
