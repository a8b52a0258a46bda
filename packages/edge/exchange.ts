import { accessSync, constants } from "node:fs";
import type { Location, Lookup, RewriteState, Server, Settings } from "@drydock/nginx";
import type { Attempt } from "./attempt.ts";
import type { ClientRequest, ClientResponse } from "./client.ts";
import type { Generation } from "./generation.ts";
import { look } from "./static/look.ts";

/** A request that is being answered: what the phases know and change of it. */
export class Exchange implements RewriteState {
  readonly request: ClientRequest;
  readonly response: ClientResponse;
  readonly generation: Generation;
  readonly startedAt = performance.now();
  /** The client's address; a socket that is closed when the request is logged knows it no more. */
  readonly remote: { readonly address: string | undefined; readonly port: number | undefined };
  /** As the request line has it. */
  readonly rawUri: string;
  /** Named by the client, in lower case and without a port; else the server's first name. */
  readonly host: string;
  method: string;
  server: Server;
  location: Location;
  settings: Settings;
  uri: string;
  args: string;
  isInternal = false;
  isRawValid = true;
  isLocationValid = true;
  isErrorPage = false;
  /** Overrides the status of whatever answers: what `error_page` said. 0 for none. */
  errorStatus = 0;
  /** How often the URI may still change before that is taken for a cycle (ngx_http_core_module: 10). */
  changesLeft = 10;
  status = 0;
  bodyBytes = 0;
  sentHeaders: readonly string[] = [];
  gzipRatio: number | undefined;
  attempts: readonly Attempt[] = [];
  user: string | undefined;
  body: Buffer | undefined;
  limitStatus = "";
  isClientGone = false;
  /** Whether the client's connection ends with this answer. */
  closesConnection = false;
  readonly #ways: ExchangeWays;
  #requestId: string | undefined;
  #variables: Map<string, string> | undefined;
  #captures: RegExpExecArray | undefined;
  #evaluating: Set<string> | undefined;

  constructor(
    generation: Generation,
    request: ClientRequest,
    response: ClientResponse,
    start: ExchangeStart,
    ways: ExchangeWays,
  ) {
    this.#ways = ways;
    this.generation = generation;
    this.request = request;
    this.response = response;
    this.remote = { address: request.socket.remoteAddress, port: request.socket.remotePort };
    this.method = request.method ?? "GET";
    this.rawUri = start.rawUri;
    this.host = start.host;
    this.server = start.server;
    this.location = start.server.base;
    this.settings = start.server.base.settings;
    this.uri = start.uri;
    this.args = start.args;
  }

  readonly lookup: Lookup = (name) => {
    const own = this.#variables?.get(name);
    if (own !== undefined) return own;
    if (this.#captures && name.length === 1 && name >= "1" && name <= "9") return this.#captures[Number(name)];
    const map = this.generation.configuration.maps.get(name);
    if (!map) return this.#ways.findVariable(name, this);
    // A map that names itself on the way is empty there; nginx calls that a cycle.
    this.#evaluating ??= new Set();
    if (this.#evaluating.has(name)) return "";
    this.#evaluating.add(name);
    const value = map.evaluate(this.lookup, (match) => this.capture(match));
    this.#evaluating.delete(name);
    return value;
  };

  set(variable: string, value: string): void {
    this.#variables ??= new Map();
    if (variable === "args") this.args = value;
    else this.#variables.set(variable, value);
  }

  capture(match: RegExpExecArray): void {
    this.#captures = match;
    for (const [name, value] of Object.entries(match.groups ?? {})) this.set(name.toLowerCase(), value ?? "");
  }

  forgetCaptures(): void {
    this.#captures = undefined;
  }

  fileTest(test: "file" | "directory" | "exists" | "executable", path: string): boolean {
    const found = look(path);
    if (typeof found === "number") return false;
    if (test === "file") return found.isFile();
    if (test === "directory") return found.isDirectory();
    return test === "exists" || isExecutable(path);
  }

  /** 32 hexadecimal digits, made when first asked for (`$request_id`). */
  get requestId(): string {
    this.#requestId ??= this.generation.newRequestId();
    return this.#requestId;
  }

  /** Runs a part of the work; what it throws is a fault of ours that ends this request and no other. */
  guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.generation.parts.log(`${this.method} ${this.rawUri}: ${error instanceof Error ? error.stack : error}`);
      this.status = 500;
      if (!this.response.headersSent) this.response.statusCode = 500;
      this.response.end();
    }
  }

  /** Goes to another URI inside the server, as `error_page`, `try_files` and `index` do. */
  redirect(uri: string, args: string): void {
    this.#ways.redirect(this, uri, args);
  }

  /** Goes to a named location; the URI stays. */
  goTo(name: string): void {
    this.#ways.goTo(this, name);
  }

  /** What a location says holds from now on. */
  enter(location: Location): void {
    this.location = location;
    this.settings = location.settings;
  }
}

/** What an exchange needs of the parts that are above it. */
export interface ExchangeWays {
  findVariable(name: string, exchange: Exchange): string | undefined;
  redirect(exchange: Exchange, uri: string, args: string): void;
  goTo(exchange: Exchange, name: string): void;
}

/** What is known of a request before any directive is carried out. */
export interface ExchangeStart {
  readonly server: Server;
  readonly host: string;
  readonly rawUri: string;
  readonly uri: string;
  readonly args: string;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
