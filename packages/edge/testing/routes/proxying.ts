import type { RouteFamily } from "../route-case.ts";

/** ngx_http_proxy_module. */
export const proxying: RouteFamily = {
  name: "proxy_pass: addresses, headers, bodies and answers",
  configuration: ({ port, a }) => `
upstream named { server 127.0.0.1:${a}; keepalive 4; }
server { listen 127.0.0.1:${port}; server_name localhost;
  proxy_set_header X-Outer outer;
  client_max_body_size 10k;
  add_header X-Added added;
  location /bare/ { proxy_pass http://named; }
  location /slash/ { proxy_pass http://named/; }
  location /path/ { proxy_pass http://named/other/path/; }
  location = /health { proxy_pass http://named/healthz; }
  location ~ ^/regex/(.*)$ { proxy_pass http://named; }
  location ~ ^/variable/(.*)$ { proxy_pass http://127.0.0.1:${a}/v/$1$is_args$args; }
  location /by-variable/ { set $up 127.0.0.1:${a}; proxy_pass http://$up; }
  location /headers/ {
    proxy_set_header Host $http_host;
    proxy_set_header X-Real-IP $remote_addr;
    proxy_set_header Accept "";
    proxy_set_header Connection "";
    proxy_http_version 1.1;
    proxy_pass http://named;
  }
  location /hidden/ { proxy_hide_header X-Upstream; proxy_pass http://named; }
  location /body/ { proxy_set_body "replaced"; proxy_pass http://named; }
  location /method/ { proxy_method PUT; proxy_pass http://named; }
  location /redirects/ { proxy_pass http://127.0.0.1:${a}/inner/; }
  location /redirect-rule/ { proxy_redirect ~^http://inner\\.test(/.*)$ https://outer.test$1; proxy_pass http://named; }
  location /redirect-off/ { proxy_redirect off; proxy_pass http://127.0.0.1:${a}/inner/; }
  location /cookies/ { proxy_cookie_path /inner/ /; proxy_cookie_domain inner.test outer.test; proxy_pass http://named; }
  location /unlimited/ { client_max_body_size 0; proxy_pass http://named; }
  location /unbuffered/ { client_max_body_size 0; proxy_request_buffering off; proxy_pass http://named; }
}
`,
  cases: [
    {
      that: "without a URI the client's own text is passed",
      ask: "/bare/a%2Fb?c=%20",
      answers: { status: 200, body: /"url":"\/bare\/a%2Fb\?c=%20"/ },
    },
    { that: "a slash takes the prefix away", ask: "/slash/a/b?c=d", answers: { body: /"url":"\/a\/b\?c=d"/ } },
    {
      that: "a path takes the prefix's place, decoded and encoded again",
      ask: "/path/x%20y/z",
      answers: { body: /"url":"\/other\/path\/x%20y\/z"/ },
    },
    { that: "an exact location with a URI", ask: "/health", answers: { body: /"url":"\/healthz"/ } },
    {
      that: "in a regular expression's location the URI is passed whole",
      ask: "/regex/x?y=1",
      answers: { body: /"url":"\/regex\/x\?y=1"/ },
    },
    {
      that: "with variables the URI is passed as written",
      ask: "/variable/x/y?z=1",
      answers: { body: /"url":"\/v\/x\/y\?z=1"/ },
    },
    {
      that: "an address from a variable",
      ask: "/by-variable/x?q=1",
      answers: { body: /"url":"\/by-variable\/x\?q=1"/ },
    },
    { that: "Host is the upstream's name by default", ask: "/bare/", answers: { body: /"host":"named"/ } },
    {
      that: "proxy_set_header is inherited where a location has none",
      ask: "/bare/",
      answers: { body: /"x-outer":"outer"/ },
    },
    { that: "and is not where it has one", ask: "/headers/", answers: { body: /^(?!.*x-outer)/ } },
    {
      that: "Host as the client wrote it",
      ask: { path: "/headers/", headers: { Host: "localhost:99" } },
      answers: { body: /"host":"localhost:99"/ },
    },
    {
      that: "an empty value takes a header away",
      ask: { path: "/headers/", headers: { Accept: "x" } },
      answers: { body: /^(?!.*"accept")/ },
    },
    {
      that: "the client's other headers are passed",
      ask: { path: "/headers/", headers: { "X-Mine": "m" } },
      answers: { body: /"x-mine":"m"/ },
    },
    { that: "the client's address is told", ask: "/headers/", answers: { body: /"x-real-ip":"127.0.0.1"/ } },
    {
      that: "headers with an underscore are dropped",
      ask: { path: "/headers/", headers: { a_b: "1" } },
      answers: { body: /^(?!.*a_b)/ },
    },
    {
      that: "Upgrade and Keep-Alive of the client are not passed",
      ask: { path: "/bare/", headers: { TE: "trailers", "Keep-Alive": "1" } },
      answers: { body: /^(?!.*("te"|"keep-alive":))/ },
    },
    {
      that: "the upstream's headers come back, with ours added",
      ask: "/bare/",
      answers: { headers: { "x-upstream": "a", "x-added": "added", "content-type": "application/json" } },
    },
    { that: "proxy_hide_header", ask: "/hidden/", answers: { headers: { "x-upstream": undefined } } },
    {
      that: "the upstream's status is passed",
      ask: "/bare/status/418",
      answers: { status: 418, headers: { "x-added": undefined } },
    },
    {
      that: "a body is passed",
      ask: { path: "/bare/", method: "POST", body: "hello" },
      answers: { body: /"method":"POST".*"content-length":"5".*"body":"hello"/ },
    },
    {
      that: "a chunked body is passed",
      ask: { path: "/bare/", method: "PUT", body: "chunks", headers: { "Transfer-Encoding": "chunked" } },
      answers: { body: /"body":"chunks"/ },
    },
    {
      that: "a body over the limit is 413",
      ask: { path: "/bare/", method: "POST", body: "x".repeat(10_241) },
      answers: { status: 413 },
    },
    {
      that: "so is a chunked one",
      ask: { path: "/bare/", method: "POST", body: "x".repeat(10_241), headers: { "Transfer-Encoding": "chunked" } },
      answers: { status: 413 },
    },
    {
      that: "0 lifts the limit",
      ask: { path: "/unlimited/", method: "POST", body: "x".repeat(2_000_000) },
      answers: { status: 200, body: /"content-length":"2000000"/ },
    },
    {
      that: "a body that is not buffered",
      ask: { path: "/unbuffered/", method: "POST", body: "y".repeat(100_000) },
      answers: { status: 200, body: /"body":"y{100000}"/ },
    },
    {
      that: "proxy_set_body",
      ask: { path: "/body/", method: "POST", body: "mine" },
      answers: { body: /"body":"replaced"/ },
    },
    { that: "proxy_method", ask: "/method/", answers: { body: /"method":"PUT"/ } },
    {
      that: "HEAD has no body and the length",
      ask: { path: "/bare/", method: "HEAD" },
      answers: { status: 200, body: "" },
    },
    {
      that: "redirects of the upstream come under the location",
      ask: "/cookies/moved?to=/x",
      answers: { status: 302, headers: { location: /\/x$/ } },
    },
    {
      that: "a rule for redirects",
      ask: "/redirect-rule/moved?to=http://inner.test/a",
      answers: { headers: { location: "https://outer.test/a" } },
    },
    {
      that: "a redirect elsewhere stays",
      ask: "/redirects/moved?to=http://elsewhere.test/",
      answers: { headers: { location: "http://elsewhere.test/" } },
    },
    {
      that: "paths and domains of cookies",
      ask: "/cookies/cookie",
      answers: { headers: { "set-cookie": /a=1; Path=\/; Domain=outer\.test,b=2/i } },
    },
  ],
};
