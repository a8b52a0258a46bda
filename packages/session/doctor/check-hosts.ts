import { lookup } from "node:dns/promises";
import { DevError } from "@drydock/core";
import { isBelowLocalhost, projectHosts } from "../hosts/project-hosts.ts";
import type { Check, Finding } from "./finding.ts";

/** Whether the names of the front lead to this machine. */
export const checkHosts: Check = async (source) => {
  const found = await projectHosts(source).catch((error: unknown) => {
    // Mistakes in the files are told by the check of the stack.
    if (error instanceof DevError) return undefined;
    throw error;
  });
  if (!found) return [];
  const [own, others] = [found.names.filter(isBelowLocalhost), found.names.filter((name) => !isBelowLocalhost(name))];
  const elsewhere = await Promise.all(others.map(async (name) => ({ name, addresses: await addressesOf(name) })));
  return [
    ...elsewhere.filter(({ addresses }) => !isHere(addresses)).map(({ name, addresses }) => lost(name, addresses)),
    ...(await localhostNames(own[0])),
  ];
};

const isHere = (addresses: readonly string[]): boolean =>
  addresses.length > 0 && addresses.every((address) => address === "::1" || address.startsWith("127."));

function lost(name: string, addresses: readonly string[]): Finding {
  const message =
    addresses.length === 0
      ? `A route's host, ${name}, is not known to this machine`
      : `A route's host, ${name}, leads to ${addresses.join(", ")} and not to this machine`;
  return { check: "hosts", level: "warning", message, fix: "dev hosts --apply" };
}

/** Browsers and curl know these by themselves; what asks the system may not. */
async function localhostNames(name: string | undefined): Promise<readonly Finding[]> {
  if (name === undefined) return [];
  if (isHere(await addressesOf(name))) return [{ check: "hosts", level: "ok", message: `${name} is this machine` }];
  const details = [
    "Browsers and curl know it is this machine. For programs that ask the system: dev hosts --apply --all",
  ];
  return [{ check: "hosts", level: "ok", message: `${name} is not known to the system's resolver`, details }];
}

async function addressesOf(name: string): Promise<readonly string[]> {
  return (await lookup(name, { all: true }).catch(() => [])).map(({ address }) => address);
}
