import type { RouteFamily } from "../route-case.ts";

/** ngx_http_upstream_module, proxy_next_upstream, error_page. */
export const upstreams: RouteFamily = {
  name: "upstreams, retries, timeouts and error pages",
  configuration: ({ port, a, b, dead, folder }) => `
upstream one_dead { server 127.0.0.1:${dead} max_fails=0; server 127.0.0.1:${a} max_fails=0; }
upstream all_dead { server 127.0.0.1:${dead}; }
upstream with_backup { server 127.0.0.1:${dead} max_fails=0; server 127.0.0.1:${b} backup; }
upstream down { server 127.0.0.1:${a} down; server 127.0.0.1:${b}; }
upstream two { server 127.0.0.1:${a} max_fails=0; server 127.0.0.1:${b} max_fails=0; }
server { listen 127.0.0.1:${port}; server_name localhost; root ${folder}/site;
  proxy_next_upstream error timeout;
  add_header X-Tries $upstream_addr always;
  location /one-dead/ { proxy_pass http://one_dead; }
  location /all-dead/ { proxy_pass http://all_dead; }
  location /backup/ { proxy_pass http://with_backup; }
  location /down/ { proxy_pass http://down; }
  location /closing/ { proxy_pass http://two; }
  location /retry-status/ { proxy_next_upstream http_503; proxy_next_upstream_tries 2; proxy_pass http://two; }
  location /never-retry/ { proxy_next_upstream off; proxy_pass http://one_dead; }
  location /slow/ { proxy_read_timeout 300ms; proxy_next_upstream off; proxy_pass http://127.0.0.1:${a}; }
  location /page/ { error_page 502 504 /50x.html; proxy_pass http://all_dead; }
  location /page-status/ { error_page 502 =200 /50x.html; proxy_pass http://all_dead; }
  location /page-named/ { error_page 502 = @fallback; proxy_pass http://all_dead; }
  location /page-url/ { error_page 502 https://status.test/; proxy_pass http://all_dead; }
  location /page-text/ { error_page 502 =503 @unavailable; proxy_pass http://all_dead; }
  location /page-404/ { error_page 404 /50x.html; }
  location /intercept/ { proxy_intercept_errors on; error_page 404 /50x.html; proxy_pass http://two; }
  location /not-intercepted/ { error_page 404 /50x.html; proxy_pass http://two; }
  location @fallback { proxy_pass http://127.0.0.1:${b}; }
  location @unavailable { default_type application/json; add_header Retry-After 1 always; return 503 '{"error":"later"}'; }
}
`,
  cases: [
    {
      that: "a server that does not take connections is passed over",
      ask: "/one-dead/",
      answers: { status: 200, body: /"name":"a"/ },
    },
    {
      that: "a POST that was not sent is tried at another server",
      ask: { path: "/one-dead/", method: "POST", body: "x" },
      answers: { status: 200, body: /"body":"x"/ },
    },
    { that: "when no server takes it, 502", ask: "/all-dead/", answers: { status: 502, body: /502 Bad Gateway/ } },
    { that: "a backup is asked when the others are dead", ask: "/backup/", answers: { body: /"name":"b"/ } },
    { that: "a server that is down is not asked", ask: "/down/", answers: { body: /"name":"b"/ } },
    {
      that: "a GET that is cut off is tried at the next server",
      ask: "/closing/close",
      answers: { status: 502, headers: { "x-tries": /^[\d.:]+, [\d.:]+$/ } },
    },
    {
      that: "a POST that was sent is not",
      ask: { path: "/closing/close", method: "POST", body: "x" },
      answers: { status: 502, headers: { "x-tries": /^[\d.:]+$/ } },
    },
    {
      that: "a status that is a case goes to the next server, the last one's answer is passed",
      ask: "/retry-status/status/503",
      answers: { status: 503, headers: { "x-tries": /^[\d.:]+, [\d.:]+$/ } },
    },
    {
      that: "a POST with that status stays",
      ask: { path: "/retry-status/status/503", method: "POST", body: "x" },
      answers: { status: 503, headers: { "x-tries": /^[\d.:]+$/ } },
    },
    { that: "a server that does not answer in time is 504", ask: "/slow/silent", answers: { status: 504 } },
    { that: "a page for an error keeps the status", ask: "/page/", answers: { status: 502, body: "sorry" } },
    { that: "a page with another status", ask: "/page-status/", answers: { status: 200, body: "sorry" } },
    {
      that: "a named location with its own status",
      ask: "/page-named/x",
      answers: { status: 200, body: /"url":"\/page-named\/x"/ },
    },
    {
      that: "an error page elsewhere is a redirect",
      ask: "/page-url/",
      answers: { status: 302, headers: { location: "https://status.test/" } },
    },
    {
      that: "a named location that returns a text",
      ask: "/page-text/",
      answers: { status: 503, body: '{"error":"later"}', headers: { "retry-after": "1", "x-tries": undefined } },
    },
    { that: "a missing file's page", ask: "/page-404/x", answers: { status: 404, body: "sorry" } },
    {
      that: "an upstream's error is replaced where that is said",
      ask: "/intercept/status/404",
      answers: { status: 404, body: "sorry" },
    },
    { that: "and passed where it is not", ask: "/not-intercepted/status/404", answers: { status: 404, body: /"url"/ } },
  ],
};
