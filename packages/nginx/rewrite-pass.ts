import type { NginxRequest } from "@drydock/core";
import { type Directive, directive, unquote } from "./directive.ts";

const passDirectives = new Set(["proxy_pass", "grpc_pass", "fastcgi_pass", "uwsgi_pass", "scgi_pass"]);

/** Replaces service names in `proxy_pass http://api:3000/` and its kin by upstream blocks that it makes on the way. */
export class PassRewriter {
  readonly #request: NginxRequest;
  readonly #ownUpstreams: ReadonlySet<string>;
  /** Variables that `set $name service;` gives a service's name. */
  readonly #variables: ReadonlyMap<string, string>;
  readonly #made = new Map<string, Directive>();

  constructor(request: NginxRequest, http: readonly Directive[]) {
    this.#request = request;
    this.#ownUpstreams = new Set(http.flatMap((each) => (each.name === "upstream" ? each.words : [])));
    this.#variables = new Map(settings(http));
  }

  /** The upstream blocks that the rewritten directives name. */
  get upstreams(): readonly Directive[] {
    return [...this.#made.values()];
  }

  rewrite(each: Directive): Directive {
    if (!passDirectives.has(each.name) && each.name !== "set") return each;
    const words = each.words.map((word) => this.#word(unquote(word), each.name === "set") ?? word);
    return { ...each, words };
  }

  /** The word with its service replaced; undefined when it names none. */
  #word(word: string, needsScheme: boolean): string | undefined {
    const match = /^(?:(\w+):\/\/)?(\$\{?\w+\}?|[\w.-]+)(?::(\d+))?([/?$].*)?$/.exec(word);
    if (!match) return undefined;
    const [, scheme, authority = "", portText, rest = ""] = match;
    if (scheme === undefined && (needsScheme || authority.startsWith("$"))) return undefined;
    const said = authority.startsWith("$") ? this.#variables.get(authority.replace(/[{}]/g, "")) : authority;
    const [host, saidPort] = said?.split(":") ?? [];
    if (host === undefined || this.#ownUpstreams.has(host)) return undefined;
    const port = Number(portText ?? saidPort ?? (scheme === "https" || scheme === "grpcs" ? 443 : 80));
    const addresses = this.#request.addressesOf(host, port);
    if (!addresses) return undefined;
    const name = `${host}_${port}`.replace(/[^\w]/g, "_");
    const servers = addresses.map((address) => directive("server", `${address.host}:${address.port}`));
    this.#made.set(name, { name: "upstream", words: [name], block: servers });
    return `${scheme === undefined ? "" : `${scheme}://`}${name}${rest}`;
  }
}

function settings(directives: readonly Directive[]): readonly (readonly [string, string])[] {
  return directives.flatMap(({ name, words, block }) => {
    if (block) return settings(block);
    const [variable, value] = words;
    return name === "set" && variable && value ? [[variable, unquote(value)] as const] : [];
  });
}
