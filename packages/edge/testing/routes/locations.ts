import type { RouteFamily } from "../route-case.ts";

/** ngx_http_core_module, location; server_names.html. */
export const locations: RouteFamily = {
  name: "which server and location takes a request",
  configuration: ({ port, a }) => `
server { listen 127.0.0.1:${port}; server_name localhost first.test;
  location / { return 200 "root"; }
  location /images/ { return 200 "images"; }
  location = /images/ { return 200 "exactly images"; }
  location ^~ /raw/ { return 200 "raw"; }
  location ~ \\.(gif|png)$ { return 200 "case $1"; }
  location ~* \\.(gif|jpe?g)$ { return 200 "no case $1"; }
  location /outer/ {
    location /outer/inner/ { return 200 "inner"; }
    location ~ \\.txt$ { return 200 "inner text"; }
    return 200 "outer";
  }
  location ~ ^/user/(?<name>[a-z]+)$ { return 200 "hello $name"; }
  location /proxied/ { proxy_pass http://127.0.0.1:${a}; }
  location /secret/ { internal; return 200 "secret"; }
  location /open-secret { rewrite ^ /secret/ last; }
  location "/quoted path/" { return 200 "quoted"; }
}
server { listen 127.0.0.1:${port} default_server; server_name _; return 200 "default"; }
server { listen 127.0.0.1:${port}; server_name exact.wild.test; return 200 "exact"; }
server { listen 127.0.0.1:${port}; server_name *.wild.test; return 200 "star"; }
server { listen 127.0.0.1:${port}; server_name .dot.test; return 200 "dot"; }
server { listen 127.0.0.1:${port}; server_name www.*; return 200 "head"; }
server { listen 127.0.0.1:${port}; server_name ~^(?<part>\\w+)\\.regex\\.test$; return 200 "regex $part"; }
`,
  cases: [
    { that: "the longest prefix wins", ask: "/images/x", answers: { status: 200, body: "images" } },
    { that: "= comes first", ask: "/images/", answers: { body: "exactly images" } },
    { that: "a regular expression beats a prefix", ask: "/images/x.png", answers: { body: "case png" } },
    { that: "^~ keeps regular expressions away", ask: "/raw/x.png", answers: { body: "raw" } },
    { that: "the first regular expression in the text wins", ask: "/x.gif", answers: { body: "case gif" } },
    { that: "~* ignores the case", ask: "/x.JPG", answers: { body: "no case JPG" } },
    { that: "a nested prefix is found", ask: "/outer/inner/x", answers: { body: "inner" } },
    {
      that: "a nested regular expression comes before outer ones",
      ask: "/outer/x.txt",
      answers: { body: "inner text" },
    },
    { that: "the outer location takes the rest", ask: "/outer/x", answers: { body: "outer" } },
    { that: "named groups are variables", ask: "/user/ann", answers: { body: "hello ann" } },
    {
      that: "a proxied folder without its slash is redirected",
      ask: "/proxied?x=1",
      answers: { status: 301, headers: { location: /^http:\/\/localhost:\d+\/proxied\/\?x=1$/ } },
    },
    { that: "an internal location is not there for clients", ask: "/secret/", answers: { status: 404 } },
    { that: "a rewrite may go to an internal location", ask: "/open-secret", answers: { status: 200, body: "secret" } },
    { that: "percent signs are decoded before matching", ask: "/%69mages/x", answers: { body: "images" } },
    { that: "a quoted prefix may hold a space", ask: "/quoted%20path/x", answers: { body: "quoted" } },
    { that: "dots and slashes are resolved before matching", ask: "/a/..//images//./x", answers: { body: "images" } },
    { that: "a path above the root is refused", ask: "/../x", answers: { status: 400 } },
    {
      that: "an unknown name goes to the default server",
      ask: { path: "/", headers: { Host: "nobody" } },
      answers: { body: "default" },
    },
    {
      that: "an exact name beats a wildcard",
      ask: { path: "/", headers: { Host: "EXACT.wild.test:80" } },
      answers: { body: "exact" },
    },
    {
      that: "a wildcard in front takes subdomains",
      ask: { path: "/", headers: { Host: "a.b.wild.test" } },
      answers: { body: "star" },
    },
    {
      that: "a wildcard does not take the bare name",
      ask: { path: "/", headers: { Host: "wild.test" } },
      answers: { body: "default" },
    },
    {
      that: "a dot in front takes the bare name too",
      ask: { path: "/", headers: { Host: "dot.test" } },
      answers: { body: "dot" },
    },
    { that: "a wildcard at the end", ask: { path: "/", headers: { Host: "www.anything" } }, answers: { body: "head" } },
    {
      that: "a regular expression as a name",
      ask: { path: "/", headers: { Host: "abc.regex.test" } },
      answers: { body: "regex abc" },
    },
  ],
};
