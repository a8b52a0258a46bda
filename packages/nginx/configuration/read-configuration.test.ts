import { array, assert, constantFrom, property } from "fast-check";
import { describe, expect, it, test } from "vitest";
import { readDirectives } from "../parse.ts";
import { readConfiguration } from "./read-configuration.ts";

function read(http: string, honoured = true) {
  const { directives } = readDirectives(`http {\n${http}\n}`, "site.conf");
  return readConfiguration(directives, (name) => (honoured ? /^(host|uri|arg_\w+|scheme)$/.test(name) : false));
}

function problems(http: string): readonly string[] {
  return read(http).problems.map(
    ({ line, message, hint }) => `${line}: ${message}${hint === undefined ? "" : ` -> ${hint}`}`,
  );
}

describe("mistakes", () => {
  it.each([
    ["server { listn 80; }", '2: unknown directive "listn" -> did you mean "listen"?'],
    ["server { frobnicate_all on; }", '2: unknown directive "frobnicate_all" -> remove it'],
    ["listen 80;", '2: "listen" is not allowed in http -> it belongs in server'],
    ["server { upstream x { server a; } }", '2: "upstream" is not allowed in server -> it belongs in http'],
    ["server { location / { root /a; root /b; } }", '2: "root" is duplicate -> remove it here or in line 2'],
    [
      "server { location / { return 200 $nothing; } }",
      '2: unknown variable "$nothing" -> define it with set, map or a named group, or write another one',
    ],
    ["server { gzip yes; }", '2: "gzip" is "on" or "off", not "yes" -> write: gzip on;'],
    [
      "server { proxy_read_timeout soon; }",
      '2: "soon" is not a time -> write: proxy_read_timeout 30s; or 500ms, 5m, 1h',
    ],
    ["server { client_max_body_size 10mb; }", '2: "10mb" is not a size -> write: client_max_body_size 64k; or 10m, 1g'],
    [
      "server { location / { proxy_pass api:3000; } }",
      '2: "api:3000" does not begin with http:// or https:// -> write: proxy_pass http://name:port;',
    ],
    [
      "server { location ~ x { proxy_pass http://a/b; } }",
      '2: "proxy_pass" cannot have a URI in a location given by a regular expression or a name -> write: proxy_pass http://a;',
    ],
    [
      "server { location ~ ( { } }",
      '2: the regular expression "(" cannot be read: /(/: Unterminated group -> write it in another way',
    ],
    [
      "server { location ~ a++b { } }",
      '2: the regular expression "a++b" cannot be read: possessive quantifiers, atomic groups and recursion are not understood by the embedded edge -> write it in another way',
    ],
    ["server { location / { } location / { } }", '2: location "/" is duplicate -> join the two blocks'],
    [
      "server { location / { error_page 404 @gone; } }",
      '2: no location "@gone" in this server -> write: location @gone { ... }',
    ],
    [
      "server { access_log /x missing; }",
      `2: unknown log format "missing" -> define it in http: log_format missing '...';`,
    ],
    [
      "server { location / { limit_req zone=z; } }",
      '2: unknown zone "z" -> define it in http: limit_req_zone $binary_remote_addr zone=z:10m rate=10r/s;',
    ],
    ["upstream u { }", '2: upstream "u" has no servers -> write: server HOST:PORT;'],
    [
      "upstream u { server a weigth=2; }",
      `2: "weigth" is no parameter of an upstream's server -> write: server HOST:PORT weight=1 max_fails=1 fail_timeout=10s;`,
    ],
    [
      "server { listen 443 ssl; }",
      '2: no "ssl_certificate" is given for a server that listens with ssl -> write: ssl_certificate FILE; ssl_certificate_key FILE;',
    ],
    [
      "server { if $host { return 200; } }",
      '2: the condition of "if" stands in parentheses -> write: if ($variable = value) { ... }',
    ],
    [
      "server { location / { if ($host) { try_files a b; } } }",
      '2: "try_files" is not allowed in if -> put it into a location, or choose by a map',
    ],
    [
      "server { add_header X a b; }",
      `2: "b" is not "always" -> put a value with spaces in quotes: add_header X "..." always;`,
    ],
    [
      "server { listen 80 default_server; } server { listen 80 default_server; }",
      "2: a duplicate default server for 80 -> the first one is in line 2",
    ],
  ])("%s", (http, problem) => {
    expect(problems(http)).toEqual([problem]);
  });

  it("are told all at once, in the order of the lines", () => {
    expect(
      problems("gzip maybe;\nserver {\n  listen here:99999;\n  locaton / { }\n}").map((each) => each.split(":")[0]),
    ).toEqual(["2", "4", "5"]);
  });

  it("a semicolon that is missing is guessed from a directive that goes over lines", () => {
    expect(problems("server {\n  listen 80\n  server_name x;\n}")).toEqual([
      '3: "server_name" is no parameter of listen -> a ";" is probably missing after "listen" in line 3',
      '3: "x" is no parameter of listen -> a ";" is probably missing after "listen" in line 3',
    ]);
  });
});

describe("notices", () => {
  it("name what nginx knows and the edge does not do, and nothing that only tunes nginx", () => {
    const { configuration, problems: none } = read(
      "sendfile on;\nproxy_buffers 8 16k;\nserver {\n  ssi on;\n  location / { fastcgi_pass x; brotli on; }\n}",
    );
    expect(none).toEqual([]);
    expect(configuration.notices.map(({ place, message }) => `${place?.line}: ${message}`)).toEqual([
      "5: ssi is not honoured by the embedded edge",
      "6: brotli is not honoured by the embedded edge",
      "6: fastcgi_pass is not honoured by the embedded edge",
    ]);
  });

  it("name variables that have no value here", () => {
    const { configuration } = read("server { return 200 $geoip_city; }");
    expect(configuration.notices[0]?.message).toBe("return names $geoip_city, which the embedded edge leaves empty");
  });
});

test("values are inherited one by one, lists as a whole", () => {
  const { configuration } = read(`gzip on; add_header A 1; proxy_set_header X 1; proxy_read_timeout 5s;
server { add_header B 2; add_header C 3;
  location /a/ { proxy_read_timeout "1m 30s"; }
  location /b/ { add_header D 4; location /b/c/ { proxy_set_header Y 2; } } }`);
  const [a, b] = ["/a/", "/b/"].map((path) =>
    configuration.servers[0]?.locations.prefixes.find(({ match }) => "path" in match && match.path === path),
  );
  const names = (list: readonly { readonly name: string }[] | undefined) => list?.map(({ name }) => name);
  expect(names(a?.settings.addHeaders)).toEqual(["B", "C"]);
  expect([a?.settings.gzip, a?.settings.proxyReadTimeoutMs]).toEqual([true, 90_000]);
  expect(names(b?.settings.addHeaders)).toEqual(["D"]);
  const [inner] = b?.locations.prefixes ?? [];
  expect(names(inner?.settings.addHeaders)).toEqual(["D"]);
  expect(names(inner?.settings.proxyHeaders)).toEqual(["Y"]);
  expect(names(b?.settings.proxyHeaders)).toEqual(["X"]);
  expect(inner?.settings.proxyReadTimeoutMs).toBe(5000);
});

test("whatever stands in a configuration, it is read or its mistakes are told", () => {
  const names =
    "server location if set map upstream listen return rewrite proxy_pass try_files error_page log_format limit_req add_header alias types expires".split(
      " ",
    );
  const word = constantFrom(
    "/",
    "$host",
    "80",
    "=",
    "~",
    "@x",
    '"a b"',
    "on",
    "(",
    ")",
    "http://a/b",
    "502",
    "=200",
    "last",
    "$",
    "zone=a",
  );
  const simple = array(word, { maxLength: 4 }).map((words) => `${words.join(" ")};`);
  const line = constantFrom(...names).chain((name) => simple.map((rest) => `${name} ${rest}`));
  const block = array(line, { maxLength: 5 });
  assert(
    property(constantFrom(...names), array(word, { maxLength: 2 }), block, (name, words, lines) => {
      const { configuration } = read(
        `server { ${name} ${words.join(" ")} { ${lines.join(" ")} } }\n${lines.join("\n")}`,
      );
      return Array.isArray(configuration.notices);
    }),
  );
});
