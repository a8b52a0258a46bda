import { changedAt } from "../files.ts";
import type { RouteFamily } from "../route-case.ts";

const time = changedAt.toUTCString();
const etag = `"${Math.floor(changedAt.getTime() / 1000).toString(16)}-a"`;

/** Static files: ngx_http_core_module, index, not modified, ranges, try_files. */
export const files: RouteFamily = {
  name: "files: root, alias, index, try_files, conditions and ranges",
  configuration: ({ port, folder }) => `
types { text/html html; text/css css; text/javascript js; text/plain txt; }
default_type application/octet-stream;
server { listen 127.0.0.1:${port}; server_name localhost; root ${folder}/site;
  location /alias/ { alias ${folder}/other/; }
  location ~ ^/by-regex/(.+)$ { alias ${folder}/other/$1; }
  location /spa/ { try_files $uri $uri/ /index.html; }
  location /try-404/ { try_files $uri =404; }
  location /try-named/ { try_files $uri @named; }
  location @named { return 200 "named $uri"; }
  location /listed/ { alias ${folder}/other/; autoindex on; }
  location /no-etag/ { alias ${folder}/site/; etag off; }
  location /packed/ { alias ${folder}/site/; gzip_static on; }
  location /expires/ { alias ${folder}/site/; expires 1h; add_header Cache-Control public; }
  location /max/ { alias ${folder}/site/; expires max; }
  location /epoch/ { alias ${folder}/site/; expires epoch; }
}
`,
  cases: [
    {
      that: "a file with its type, time and tag",
      ask: "/numbers.txt",
      answers: {
        status: 200,
        body: "0123456789",
        headers: {
          "content-type": "text/plain",
          "last-modified": time,
          etag,
          "accept-ranges": "bytes",
          "content-length": "10",
        },
      },
    },
    { that: "types by extension", ask: "/app.js", answers: { headers: { "content-type": "text/javascript" } } },
    {
      that: "a folder's index",
      ask: "/",
      answers: { status: 200, body: "<p>home</p>", headers: { "content-type": "text/html" } },
    },
    {
      that: "a folder without its slash is redirected",
      ask: "/docs?a=b",
      answers: { status: 301, headers: { location: /^http:\/\/localhost:\d+\/docs\/\?a=b$/ } },
    },
    { that: "a folder without an index is 403", ask: "/empty/", answers: { status: 403 } },
    { that: "a missing file is 404", ask: "/missing", answers: { status: 404, body: /404 Not Found/ } },
    { that: "names are decoded", ask: "/a%20b/%C3%BC.txt", answers: { body: "umlaut" } },
    { that: "a POST to a file is 405", ask: { path: "/numbers.txt", method: "POST" }, answers: { status: 405 } },
    {
      that: "HEAD has the length and no body",
      ask: { path: "/numbers.txt", method: "HEAD" },
      answers: { status: 200, body: "", headers: { "content-length": "10" } },
    },
    { that: "alias takes the prefix's place", ask: "/alias/file.txt", answers: { body: "other" } },
    { that: "alias in a regular expression's location", ask: "/by-regex/file.txt", answers: { body: "other" } },
    {
      that: "try_files takes the file that is there",
      ask: "/spa/../style.css",
      answers: { status: 200, headers: { "content-type": "text/css" } },
    },
    { that: "try_files falls back to a URI", ask: "/spa/deep/link", answers: { status: 200, body: "<p>home</p>" } },
    { that: "try_files falls back to a status", ask: "/try-404/x", answers: { status: 404 } },
    { that: "try_files falls back to a named location", ask: "/try-named/x", answers: { body: "named /try-named/x" } },
    { that: "a listed folder", ask: "/listed/", answers: { status: 200, body: /<a href="file\.txt">/ } },
    {
      that: "If-Modified-Since of the same time is 304",
      ask: { path: "/numbers.txt", headers: { "If-Modified-Since": time } },
      answers: { status: 304, body: "", headers: { etag, "last-modified": time } },
    },
    {
      that: "If-Modified-Since of another time is 200",
      ask: {
        path: "/numbers.txt",
        headers: { "If-Modified-Since": new Date(changedAt.getTime() + 5000).toUTCString() },
      },
      answers: { status: 200 },
    },
    {
      that: "If-None-Match of the tag is 304",
      ask: { path: "/numbers.txt", headers: { "If-None-Match": `"x", W/${etag}` } },
      answers: { status: 304 },
    },
    {
      that: "If-None-Match of another tag is 200",
      ask: { path: "/numbers.txt", headers: { "If-None-Match": '"x"' } },
      answers: { status: 200 },
    },
    {
      that: "If-Match of another tag is 412",
      ask: { path: "/numbers.txt", headers: { "If-Match": '"x"' } },
      answers: { status: 412 },
    },
    {
      that: "If-Unmodified-Since of an earlier time is 412",
      ask: { path: "/numbers.txt", headers: { "If-Unmodified-Since": "Thu, 01 Jan 2015 00:00:00 GMT" } },
      answers: { status: 412 },
    },
    {
      that: "a range",
      ask: { path: "/numbers.txt", headers: { Range: "bytes=2-4" } },
      answers: { status: 206, body: "234", headers: { "content-range": "bytes 2-4/10", "content-length": "3" } },
    },
    {
      that: "a range from the end",
      ask: { path: "/numbers.txt", headers: { Range: "bytes=-3" } },
      answers: { status: 206, body: "789", headers: { "content-range": "bytes 7-9/10" } },
    },
    {
      that: "an open range",
      ask: { path: "/numbers.txt", headers: { Range: "bytes=8-" } },
      answers: { status: 206, body: "89" },
    },
    {
      that: "several ranges",
      ask: { path: "/numbers.txt", headers: { Range: "bytes=0-1,4-5" } },
      answers: {
        status: 206,
        body: /\r\nContent-Range: bytes 0-1\/10\r\n\r\n01\r\n--\w+\r\n[\s\S]*bytes 4-5\/10\r\n\r\n45\r\n--\w+--\r\n$/,
        headers: { "content-type": /^multipart\/byteranges; boundary=/ },
      },
    },
    {
      that: "a range beyond the file is 416",
      ask: { path: "/numbers.txt", headers: { Range: "bytes=20-" } },
      answers: { status: 416, headers: { "content-range": "bytes */10" } },
    },
    {
      that: "If-Range of another version sends all",
      ask: { path: "/numbers.txt", headers: { Range: "bytes=2-4", "If-Range": '"x"' } },
      answers: { status: 200, body: "0123456789" },
    },
    {
      that: "If-Range of this version sends the part",
      ask: { path: "/numbers.txt", headers: { Range: "bytes=2-4", "If-Range": etag } },
      answers: { status: 206 },
    },
    { that: "etag off", ask: "/no-etag/numbers.txt", answers: { headers: { etag: undefined } } },
    {
      that: "a packed file beside it",
      ask: { path: "/packed/packed.css", headers: { "Accept-Encoding": "gzip" } },
      answers: { status: 200, headers: { "content-encoding": "gzip", "content-type": "text/css" } },
    },
    {
      that: "and the plain one for who does not take it",
      ask: "/packed/packed.css",
      answers: { body: "plain", headers: { "content-encoding": undefined } },
    },
    {
      that: "expires, and a second Cache-Control",
      ask: "/expires/app.js",
      answers: { headers: { "cache-control": "max-age=3600, public", expires: /GMT$/ } },
    },
    {
      that: "expires max",
      ask: "/max/app.js",
      answers: { headers: { "cache-control": "max-age=315360000", expires: "Thu, 31 Dec 2037 23:55:55 GMT" } },
    },
    {
      that: "expires epoch",
      ask: "/epoch/app.js",
      answers: { headers: { "cache-control": "no-cache", expires: "Thu, 01 Jan 1970 00:00:01 GMT" } },
    },
  ],
};
