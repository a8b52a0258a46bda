import { expect, test } from "vitest";
import { readDirectives } from "./parse.ts";
import { staticPaths } from "./static-paths.ts";

test("the paths of root and alias are found at every depth, a variable cuts its own off", () => {
  const text = `http {
  root /srv/pages;
  server {
    root "/srv/$host/pages";
    location /assets/ { alias /srv/assets/; }
    location /same/ { root /srv/pages; if ($arg_a) { root /srv/a; } }
    location /api/ { proxy_pass http://api:3000; }
  }
}`;
  const paths = staticPaths(readDirectives(text, "nginx.conf").directives);
  expect(paths).toEqual(["/srv/pages", "/srv/", "/srv/assets/", "/srv/a"]);
});
