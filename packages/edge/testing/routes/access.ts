import type { RouteFamily } from "../route-case.ts";

const basic = (text: string) => ({ Authorization: `Basic ${Buffer.from(text).toString("base64")}` });

/** auth_basic, allow and deny, limit_req, limit_except, stub_status. */
export const access: RouteFamily = {
  name: "who may ask, and how often",
  configuration: ({ port, folder }) => `
limit_req_zone $arg_who zone=strict:1m rate=1r/m;
limit_req_zone $arg_who zone=burst:1m rate=1r/m;
server { listen 127.0.0.1:${port}; server_name localhost; root ${folder}/site;
  location /private/ { auth_basic "our place"; auth_basic_user_file ${folder}/users; alias ${folder}/site/; }
  location /private/open/ { auth_basic off; alias ${folder}/site/; }
  location /denied/ { deny all; alias ${folder}/site/; }
  location /allowed/ { allow 127.0.0.0/8; deny all; alias ${folder}/site/; }
  location /either/ { satisfy any; allow 10.0.0.0/8; deny all; auth_basic "x"; auth_basic_user_file ${folder}/users; alias ${folder}/site/; }
  location /limited/ { limit_req zone=strict; alias ${folder}/site/; }
  location /limited-status/ { limit_req zone=burst burst=1 nodelay; limit_req_status 429; alias ${folder}/site/; }
  location /read-only/ { limit_except GET { deny all; } alias ${folder}/site/; }
  location /status { stub_status; }
}
`,
  cases: [
    {
      that: "without a name and password, 401 and the realm",
      ask: "/private/app.js",
      answers: { status: 401, headers: { "www-authenticate": 'Basic realm="our place"' } },
    },
    {
      that: "a plain password",
      ask: { path: "/private/app.js", headers: basic("ann:secret") },
      answers: { status: 200 },
    },
    {
      that: "a SHA password",
      ask: { path: "/private/app.js", headers: basic("bob:secret") },
      answers: { status: 200 },
    },
    {
      that: "an apr1 password",
      ask: { path: "/private/app.js", headers: basic("cat:secret") },
      answers: { status: 200 },
    },
    {
      that: "a wrong password",
      ask: { path: "/private/app.js", headers: basic("cat:wrong") },
      answers: { status: 401 },
    },
    { that: "auth_basic off inside", ask: "/private/open/app.js", answers: { status: 200 } },
    { that: "deny all", ask: "/denied/app.js", answers: { status: 403 } },
    { that: "an allowed network", ask: "/allowed/app.js", answers: { status: 200 } },
    {
      that: "satisfy any by password",
      ask: { path: "/either/app.js", headers: basic("ann:secret") },
      answers: { status: 200 },
    },
    { that: "satisfy any by neither", ask: "/either/app.js", answers: { status: 401 } },
    { that: "the first request passes", ask: "/limited/app.js?who=a", answers: { status: 200 } },
    { that: "the second one of the minute does not", ask: "/limited/app.js?who=a", answers: { status: 503 } },
    { that: "another key's does", ask: "/limited/app.js?who=b", answers: { status: 200 } },
    { that: "an empty key is not counted", ask: "/limited/app.js", answers: { status: 200 } },
    { that: "and is not counted again", ask: "/limited/app.js", answers: { status: 200 } },
    { that: "a burst, the first", ask: "/limited-status/app.js?who=a", answers: { status: 200 } },
    { that: "a burst, the second", ask: "/limited-status/app.js?who=a", answers: { status: 200 } },
    { that: "after the burst, the status that is set", ask: "/limited-status/app.js?who=a", answers: { status: 429 } },
    { that: "limit_except lets its methods through", ask: "/read-only/app.js", answers: { status: 200 } },
    { that: "and not the others", ask: { path: "/read-only/app.js", method: "DELETE" }, answers: { status: 403 } },
    {
      that: "stub_status",
      ask: "/status",
      answers: {
        status: 200,
        body: /^Active connections: \d+ \nserver accepts handled requests\n \d+ \d+ \d+ \nReading: \d+ Writing: \d+ Waiting: \d+ \n$/,
      },
    },
  ],
};
