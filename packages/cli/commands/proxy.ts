import { Option } from "commander";
import type { AddCommand } from "../add-command.ts";
import type { ProxyFlags } from "../run/run-proxy.ts";
import { addStackOptions, stackSource } from "../stack-options.ts";

/** `dev proxy`: the routes of the stack as nginx's configuration. */
export const addProxy: AddCommand = (program, context, exitWith) => {
  const proxy = program
    .command("proxy")
    .description("The proxy before the stack as an nginx configuration: render, check")
    .addHelpText("after", "\nExample:\n  dev proxy render --for production --domain shop.example > nginx.conf");
  const setting = () =>
    new Option("--for <setting>", "this machine, or production").choices(["local", "production"]).default("local");
  const domain = "production's domain; default: front.domain of dev.config.ts";

  const render = proxy.command("render").description("Print the configuration").addOption(setting());
  render.option("--domain <name>", domain).option("--nginx <version>", "for this version; default: the one on PATH");
  addStackOptions(render).action(async (flags: ProxyFlags) => {
    const { runProxyRender } = await import("../run/run-proxy.ts");
    await runProxyRender(context, stackSource(context, render), flags);
  });

  const check = proxy
    .command("check")
    .description("Check the routes, with nginx -t where nginx is")
    .addOption(setting());
  check.option("--domain <name>", domain);
  addStackOptions(check).action(async (flags: ProxyFlags) => {
    const { runProxyCheck } = await import("../run/run-proxy.ts");
    exitWith(await runProxyCheck(context, stackSource(context, check), flags));
  });
};
