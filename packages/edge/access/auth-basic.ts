import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import type { Template } from "@drydock/nginx";
import { headerOf } from "../client.ts";
import type { Exchange } from "../exchange.ts";
import { checkPassword } from "./check-password.ts";

/** How a request without the right name and password is answered; undefined for one that has them (ngx_http_auth_basic_module). */
export function authenticate(
  exchange: Exchange,
  realmRule: Template,
  fileRule: Template | undefined,
): { readonly status: number; readonly headers: readonly string[] } | undefined {
  const realm = realmRule.evaluate(exchange.lookup);
  if (realm === "off") return undefined;
  const path = fileRule?.evaluate(exchange.lookup);
  // Without a user file nginx does not ask.
  if (path === undefined || path === "") return undefined;
  const users = readUsers(resolve(exchange.generation.prefix, path));
  if (!users) {
    exchange.generation.parts.log(`auth_basic_user_file ${path} cannot be read: ${exchange.rawUri} is answered 403`);
    return { status: 403, headers: [] };
  }
  const [, encoded = ""] = /^basic +(\S+)$/i.exec(headerOf(exchange.request, "authorization") ?? "") ?? [];
  const given = Buffer.from(encoded, "base64").toString();
  const at = given.indexOf(":");
  const name = given.slice(0, at);
  const stored = at > 0 ? users.get(name) : undefined;
  const verdict = stored === undefined ? "wrong" : checkPassword(given.slice(at + 1), stored);
  if (verdict === "right") {
    exchange.user = name;
    return undefined;
  }
  if (verdict === "unknown") {
    exchange.generation.parts.log(
      `auth_basic_user_file ${path}: the password of "${name}" is kept in a form that the embedded edge does not read; make it with: openssl passwd -apr1`,
    );
    return { status: 500, headers: [] };
  }
  return { status: 401, headers: ["WWW-Authenticate", `Basic realm="${realm.replace(/["\\]/g, "\\$&")}"`] };
}

const cache = new Map<string, { readonly modifiedAt: number; readonly users: ReadonlyMap<string, string> }>();

/** `name:password[:comment]` lines; read again when the file changed. */
function readUsers(path: string): ReadonlyMap<string, string> | undefined {
  try {
    const modifiedAt = statSync(path).mtimeMs;
    const known = cache.get(path);
    if (known?.modifiedAt === modifiedAt) return known.users;
    const lines = readFileSync(path, "utf8").split("\n");
    const users = new Map(
      lines.flatMap((line) => {
        const [name = "", password] = line.trim().split(":");
        return password === undefined || name.startsWith("#") ? [] : [[name, password] as const];
      }),
    );
    cache.set(path, { modifiedAt, users });
    return users;
  } catch {
    return undefined;
  }
}
