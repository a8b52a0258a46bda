import type { NginxRequest } from "@drydock/core";
import type { Directive } from "./directive.ts";

const dockerOnly = /^(resolve|service=.*|drain|route=.*)$/;

/** Replaces `server api:3000 resolve;` by one line for each instance of `api`, with the other parameters kept. */
export function rewriteUpstream(block: readonly Directive[], request: NginxRequest): readonly Directive[] {
  return block.flatMap((each) => {
    if (each.name !== "server") return [each];
    const [target = "", ...parameters] = each.words;
    const [, host = "", port = "80"] = /^([^:]+)(?::(\d+))?$/.exec(target) ?? [];
    const addresses = request.addressesOf(host, Number(port));
    if (!addresses) return [each];
    const kept = parameters.filter((word) => !dockerOnly.test(word));
    return addresses.map((address) => ({ ...each, words: [`${address.host}:${address.port}`, ...kept] }));
  });
}
