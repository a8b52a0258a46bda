import { BlockList, isIPv6 } from "node:net";
import type { Settings } from "@drydock/nginx";
import type { Exchange } from "../exchange.ts";
import { fail } from "../fail.ts";
import { remoteAddress } from "../variables/address-variables.ts";
import { authenticate } from "./auth-basic.ts";

/** Whether `allow`, `deny` and `auth_basic` let a request through; it is answered when they do not. */
export function mayAccess(exchange: Exchange): boolean {
  const { limitExcept } = exchange.location;
  const isFree = limitExcept?.methods.includes(exchange.method) === true;
  const rules = limitExcept && !isFree ? limitExcept.settings : exchange.settings;
  if (rules.accessRules.length === 0 && rules.authBasic === undefined) return true;
  const address = rules.accessRules.length === 0 ? undefined : isAllowed(rules.accessRules, remoteAddress(exchange));
  if (address === true && rules.satisfy === "any") return true;
  if (address === false && (rules.satisfy === "all" || rules.authBasic === undefined)) {
    fail(exchange, 403);
    return false;
  }
  const asked =
    rules.authBasic === undefined ? undefined : authenticate(exchange, rules.authBasic, rules.authBasicUserFile);
  if (asked === undefined) return true;
  fail(exchange, asked.status, asked.headers);
  return false;
}

/** The first rule that fits decides; without one, all may (ngx_http_access_module). */
function isAllowed(rules: Settings["accessRules"], address: string): boolean {
  const family = isIPv6(address) ? "ipv6" : "ipv4";
  const rule = rules.find(({ network }) => network === "all" || blockList(network)?.check(address, family));
  return rule?.isAllowed ?? true;
}

const lists = new Map<string, BlockList | undefined>();

function blockList(network: string): BlockList | undefined {
  if (!lists.has(network)) lists.set(network, makeList(network));
  return lists.get(network);
}

function makeList(network: string): BlockList | undefined {
  const list = new BlockList();
  const [address = "", bits] = network.split("/");
  const family = isIPv6(address) ? "ipv6" : "ipv4";
  try {
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
    return list;
  } catch {
    // `unix:` and what is no address fit nobody.
    return undefined;
  }
}
