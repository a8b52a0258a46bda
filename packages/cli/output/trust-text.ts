import type { TrustOutcome, TrustPlan } from "@drydock/session";
import type { Paint } from "./paint.ts";

/** What would run, by store, as a person could type it. */
export function trustPlanText(plan: TrustPlan): string {
  const verb = plan.act === "install" ? "Lets" : "Makes";
  const end = plan.act === "install" ? "trust" : "forget";
  const head = `${verb} this machine ${end} ${plan.authority.name}, which signs for localhost and names below .localhost, .test and .internal only:\n\n`;
  let index = 0;
  const stores = plan.stores.map(({ store, commands, advice }) => {
    const lines = commands.map(() => `    ${shellText(plan.words[index++] ?? [])}\n`);
    return `  ${store}\n${lines.join("")}${advice.map((line) => `    (${line})\n`).join("")}`;
  });
  return `${head}${stores.join("")}\n`;
}

/** How to go on without any store. */
export function withoutTrustText({ authority }: TrustPlan): string {
  const path = shellText([authority.path]);
  return `Without it:\n  curl --cacert ${path} https://...\n  NODE_EXTRA_CA_CERTS=${path} node ...\n`;
}

/** What came of one store; nothing for one where there was nothing to do. */
export function outcomeText({ store, result, reason }: TrustOutcome, act: TrustPlan["act"], paint: Paint): string {
  if (result === "left") return "";
  if (result === "failed") return `${paint("red", "failed")}  ${store}: ${reason ?? ""}\n`;
  return `${paint("green", act === "install" ? "trusts it" : "forgot it")}  ${store}\n`;
}

/** Words as a POSIX shell takes them. */
function shellText(words: readonly string[]): string {
  return words.map((word) => (/^[\w./:=@,+\\-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(" ");
}
