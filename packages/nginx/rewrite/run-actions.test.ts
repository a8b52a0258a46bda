import { expect, test } from "vitest";
import { readConfiguration } from "../configuration/read-configuration.ts";
import { readDirectives } from "../parse.ts";
import { type RewriteState, runActions } from "./run-actions.ts";

function run(text: string, uri: string, args = "") {
  const { directives } = readDirectives(`http { server { location / { ${text} } } }`, "x");
  const location = readConfiguration(directives, () => true).configuration.servers[0]?.locations.prefixes[0];
  const values = new Map<string, string>([["host", "shop.test"]]);
  const state: RewriteState & { entered: number } = {
    uri,
    args,
    entered: 0,
    lookup: (name) => values.get(name),
    set: (name, value) => void values.set(name, value),
    capture: (match) => match.slice(1).forEach((group, index) => void values.set(String(index + 1), group)),
    forgetCaptures: () => void values.delete("1"),
    enter: () => {
      state.entered += 1;
    },
    fileTest: (test, path) => test === "exists" && path === "/there",
  };
  return { result: runActions(location?.actions ?? [], state), state, values };
}

test("a rewrite changes the URI and puts the arguments behind its own", () => {
  const { result, state } = run("rewrite ^/a/(.*)$ /b/$1?x=$1 last;", "/a/ü", "y=2");
  expect([result, state.uri, state.args]).toEqual([{ kind: "changed" }, "/b/ü", "x=%C3%BC&y=2"]);
});

test("break ends the rewrites and keeps the location", () => {
  const { result, state } = run("rewrite ^ /b break; rewrite ^ /c last;", "/a");
  expect([result, state.uri]).toEqual([{ kind: "continue", isChanged: true }, "/b"]);
});

test("what does not fit changes nothing", () => {
  expect(run("rewrite ^/z /b last;", "/a").result).toEqual({ kind: "continue", isChanged: false });
});

test("a redirect escapes what it takes from the path", () => {
  expect(run("rewrite ^/(.*)$ https://$host/$1 permanent;", "/a b", "c=d").result).toEqual({
    kind: "redirect",
    status: 301,
    target: "https://shop.test/a%20b?c=d",
  });
});

test("an if that holds is entered, and what follows it still runs", () => {
  const { result, state, values } = run(
    'if (-e /there) { set $a 1; } if (!-e /there) { set $a 2; } return 200 "$a";',
    "/",
  );
  expect([result, state.entered, values.get("a")]).toEqual([{ kind: "return", status: 200, text: "1" }, 1, "1"]);
});
