import type { Exchange } from "../exchange.ts";
import { answerVariables } from "./answer-variables.ts";
import { prefixVariables } from "./prefix-variables.ts";
import { requestVariables } from "./request-variables.ts";

const all = new Map(Object.entries({ ...requestVariables, ...answerVariables, proxy_host, proxy_port }));

function proxy_host({ location }: Exchange): string | undefined {
  return location.handler.kind === "proxy" ? location.handler.pass.fixed?.authority : undefined;
}

function proxy_port({ location }: Exchange): string | undefined {
  const fixed = location.handler.kind === "proxy" ? location.handler.pass.fixed : undefined;
  return fixed && (/:(\d+)$/.exec(fixed.authority)?.[1] ?? (fixed.scheme === "https" ? "443" : "80"));
}

/** The value of one of nginx's own variables. */
export function findVariable(name: string, exchange: Exchange): string | undefined {
  const variable = all.get(name);
  if (variable) return variable(exchange);
  for (const { prefix, value } of prefixVariables)
    if (name.startsWith(prefix)) return value(exchange, name.slice(prefix.length));
  return undefined;
}

/** Whether the edge gives a variable of this name a value. */
export function isHonouredVariable(name: string): boolean {
  return all.has(name) || /^[1-9]$/.test(name) || prefixVariables.some(({ prefix }) => name.startsWith(prefix));
}
