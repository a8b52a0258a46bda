import { type Directive, unquote } from "../directive.ts";
import { effective } from "./facets.ts";
import { viewConfiguration } from "./views.ts";

// What only who speaks TLS decides.
const tlsNames = /^(?:ssl_.*|http2|listen|server_name)$/;

/**
 * A team's own configuration with the front before it, as one: names, TLS, HSTS and what plain HTTP gets are the front's where the team's has no TLS; locations and all
 * else are the team's. That is what a browser meets here.
 */
export function layerFront(front: readonly Directive[], own: readonly Directive[]): readonly Directive[] {
  const { servers } = viewConfiguration(own);
  const hasTls = servers.some(({ listens }) => listens.some(({ isSsl }) => isSsl));
  if (hasTls || servers.length === 0) return own;
  const frontHttp = inHttp(front);
  const [entrance] = viewConfiguration(front).servers.filter(({ names }) => names.length > 0);
  if (!entrance) return own;
  const ofFront = [...(entrance.levels[0] ?? []), ...frontHttp].filter(({ name }) => tlsNames.test(name));
  const hsts = effective(entrance.levels, "add_header").filter(isHsts);
  const wrap = (server: Directive): Directive => {
    const block = server.block ?? [];
    const names = block.filter(
      ({ name, words }) => name === "server_name" && words.some((word) => unquote(word) !== "_"),
    );
    const kept = block.filter(({ name }) => name !== "listen" && name !== "server_name");
    const tls = ofFront.filter(({ name }) => name !== "server_name" || names.length === 0);
    return { ...server, block: addHsts([...tls, ...names, ...kept], hsts) };
  };
  const plain = frontHttp.filter(({ name, block }) => name === "server" && isPlain(block ?? []));
  const http = inHttp(own).map((each) => (each.name === "server" ? wrap(each) : each));
  return [{ name: "http", words: [], block: [...http, ...plain] }];
}

function inHttp(directives: readonly Directive[]): readonly Directive[] {
  const blocks = directives.filter(({ name }) => name === "http").flatMap(({ block }) => block ?? []);
  return blocks.length > 0 ? blocks : directives;
}

const isHsts = ({ words }: Directive): boolean => unquote(words[0] ?? "").toLowerCase() === "strict-transport-security";

const isPlain = (block: readonly Directive[]): boolean => {
  const listens = block.filter(({ name }) => name === "listen");
  return listens.length > 0 && listens.every(({ words }) => !words.includes("ssl"));
};

/** The front adds it to every answer, whatever headers a location has of its own. */
function addHsts(block: readonly Directive[], hsts: readonly Directive[]): readonly Directive[] {
  const deep = block.map((each) =>
    each.name === "location" && each.block ? { ...each, block: inside(each.block, hsts) } : each,
  );
  return [...deep.filter((each) => !(each.name === "add_header" && isHsts(each))), ...hsts];
}

function inside(block: readonly Directive[], hsts: readonly Directive[]): readonly Directive[] {
  return block.some(({ name }) => name === "add_header") ? addHsts(block, hsts) : block;
}
