import type { RouteFamily } from "../route-case.ts";

/** ngx_http_rewrite_module, ngx_http_map_module. */
export const rewrites: RouteFamily = {
  name: "rewrite, return, set, if and map",
  configuration: ({ port, a }) => `
map $arg_kind $kind { default other; one first; ~^t(?<rest>.*)$ "t and $rest"; "" none; }
map $host $site { hostnames; default unknown; .example.test example; localhost here; }
map $http_upgrade $connection_upgrade { default upgrade; "" close; }
server { listen 127.0.0.1:${port}; server_name localhost;
  default_type text/plain;
  set $greeting "hi";
  rewrite ^/server-level$ /answer?from=server last;
  location = /answer { return 200 "$uri $args"; }
  location /last/ { rewrite ^/last/(.*)$ /answer?x=$1 last; return 200 "not reached"; }
  location /last-drop/ { rewrite ^ /answer? last; }
  location /plain/ { rewrite ^/plain/(.*)$ /answer; rewrite ^/answer$ /answer?twice=1; }
  location /break/ { rewrite ^/break/(.*)$ /broken/$1 break; proxy_pass http://127.0.0.1:${a}; }
  location /redirect/ { rewrite ^/redirect/(.*)$ /new/$1 redirect; }
  location /permanent/ { rewrite ^/permanent/(.*)$ https://other.test/$1 permanent; }
  location /loop/ { rewrite ^ /loop/x last; }
  location /return-301 { return 301 https://$host$request_uri; }
  location /return-308 { return 308 /relative?a=b; }
  location /return-url { return http://other.test/x; }
  location /return-text { return 418 "teapot $greeting"; }
  location /return-json { default_type application/json; return 200 '{"a":"b\\n"}'; }
  location /return-bare { return 204; }
  location /return-empty { return 403; }
  location /kind { return 200 $kind; }
  location /site { return 200 $site; }
  location /upgrade { return 200 $connection_upgrade; }
  location /if {
    set $answer "none";
    if ($arg_a) { set $answer "a"; }
    if ($arg_a = "two") { set $answer "two"; }
    if ($arg_b != "") { set $answer "b not empty"; }
    if ($http_user_agent ~* "(robot|spider)") { return 403 "no $1"; }
    if ($request_method = POST) { return 405; }
    return 200 $answer;
  }
  location /if-file/ { root /nowhere; if (!-f $request_filename) { return 200 "no file"; } return 200 "file"; }
  location /variables { return 200 "$scheme|$host|$request_method|$uri|$args|$arg_b|$cookie_c|$http_x_y|$is_args|$server_protocol|$remote_addr|$proxy_add_x_forwarded_for|$content_length|$request_uri|$server_name"; }
  location /braces { return 200 "\${greeting}x$greeting."; }
  location /echo/ { return 301 https://other.test$uri; }
  location /said/ { add_header X-Said $uri; return 200 "$uri"; }
  location /id { return 200 $request_id; }
}
`,
  cases: [
    {
      that: "a server's rewrite comes before locations",
      ask: "/server-level",
      answers: { body: "/answer from=server" },
    },
    {
      that: "last looks for a location again, arguments are appended",
      ask: "/last/v?y=2",
      answers: { body: "/answer x=v&y=2" },
    },
    { that: "a question mark at the end drops the arguments", ask: "/last-drop/?y=2", answers: { body: "/answer " } },
    { that: "without a flag the next rewrite sees the new URI", ask: "/plain/x", answers: { body: "/answer twice=1" } },
    {
      that: "break passes the changed URI on",
      ask: "/break/x%20y?q=1",
      answers: { body: /"url":"\/broken\/x%20y\?q=1"/ },
    },
    {
      that: "redirect is 302 with this server's address",
      ask: "/redirect/a?b=c",
      answers: { status: 302, headers: { location: /^http:\/\/localhost:\d+\/new\/a\?b=c$/ } },
    },
    {
      that: "permanent is 301 to another host",
      ask: "/permanent/a",
      answers: { status: 301, headers: { location: "https://other.test/a" } },
    },
    { that: "a cycle of rewrites is 500", ask: "/loop/", answers: { status: 500 } },
    {
      that: "return 301 keeps path and arguments by $request_uri",
      ask: "/return-301?a=%20",
      answers: { status: 301, headers: { location: "https://localhost/return-301?a=%20" } },
    },
    {
      that: "return 308 makes a path absolute",
      ask: "/return-308",
      answers: { status: 308, headers: { location: /^http:\/\/localhost:\d+\/relative\?a=b$/ } },
    },
    {
      that: "return with an address alone is 302",
      ask: "/return-url",
      answers: { status: 302, headers: { location: "http://other.test/x" } },
    },
    {
      that: "return with a text has the default type",
      ask: "/return-text",
      answers: { status: 418, body: "teapot hi", headers: { "content-type": "text/plain" } },
    },
    {
      that: "escapes in quoted text are replaced",
      ask: "/return-json",
      answers: { body: '{"a":"b\n"}', headers: { "content-type": "application/json" } },
    },
    {
      that: "return 204 has no body",
      ask: "/return-bare",
      answers: { status: 204, body: "", headers: { "content-length": undefined } },
    },
    {
      that: "return of an error alone has a page",
      ask: "/return-empty",
      answers: { status: 403, body: /403 Forbidden/, headers: { "content-type": "text/html" } },
    },
    { that: "map: the text itself", ask: "/kind?kind=ONE", answers: { body: "first" } },
    { that: "map: a regular expression with its groups", ask: "/kind?kind=two", answers: { body: "t and wo" } },
    { that: "map: the default", ask: "/kind?kind=x", answers: { body: "other" } },
    { that: "map: the empty text", ask: "/kind", answers: { body: "none" } },
    {
      that: "map: host names with wildcards",
      ask: { path: "/site", headers: { Host: "a.example.test" } },
      answers: { body: "example" },
    },
    { that: "map: a host name", ask: "/site", answers: { body: "here" } },
    { that: "the usual map for WebSockets, without an upgrade", ask: "/upgrade", answers: { body: "close" } },
    { that: "if: a variable that is empty is false", ask: "/if", answers: { body: "none" } },
    { that: "if: a variable that is 0 is false", ask: "/if?a=0", answers: { body: "none" } },
    { that: "if: true, and later ones override", ask: "/if?a=1&b=2", answers: { body: "b not empty" } },
    { that: "if: equal", ask: "/if?a=two", answers: { body: "two" } },
    {
      that: "if: a regular expression without case, its group",
      ask: { path: "/if", headers: { "User-Agent": "A Spider" } },
      answers: { status: 403, body: "no Spider" },
    },
    { that: "if: the method", ask: { path: "/if", method: "POST" }, answers: { status: 405 } },
    { that: "if: a file that is not there", ask: "/if-file/x", answers: { body: "no file" } },
    {
      that: "variables of the request",
      ask: {
        path: "/variables?a=1&b=%20x",
        headers: { Cookie: "z=1; c=cake", "X-Y": "head", "X-Forwarded-For": "1.2.3.4" },
      },
      answers: {
        body: "http|localhost|GET|/variables|a=1&b=%20x|%20x|cake|head|?|HTTP/1.1|127.0.0.1|1.2.3.4, 127.0.0.1||/variables?a=1&b=%20x|localhost",
      },
    },
    { that: "braces around a variable's name", ask: "/braces", answers: { body: "hixhi." } },
    {
      that: "letters beyond ASCII go out as UTF-8",
      ask: "/said/%C3%BC%E4%BD%A0",
      answers: { body: "/said/ü你", headers: { "x-said": Buffer.from("/said/ü你").toString("latin1") } },
    },
    {
      that: "so they do in an address",
      ask: "/echo/%C3%BC",
      answers: { headers: { location: Buffer.from("https://other.test/echo/ü").toString("latin1") } },
    },
    { that: "$request_id is 32 hexadecimal digits", ask: "/id", answers: { body: /^[0-9a-f]{32}$/ } },
  ],
};
