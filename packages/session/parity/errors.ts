import { DevError } from "@drydock/core";

/** Builds NO_SUCH_FILE (exit 3): nothing to compare with. */
export const noParityFile = (file: string, why: string, hint: string) =>
  new DevError("NO_SUCH_FILE", `${file} cannot be read: ${why}.`, { exitCode: 3, hint });

/** Builds NOT_NGINX (exit 2): a file without a server. */
export const notNginx = (file: string) =>
  new DevError("NOT_NGINX", `${file} is no nginx configuration: it has no server.`, {
    exitCode: 2,
    hint: "Name the main file (nginx.conf), or one that has server blocks.",
  });

/** Builds BAD_URL (exit 2). */
export const badUrl = (text: string) =>
  new DevError("BAD_URL", `${text} is no address of a site.`, {
    exitCode: 2,
    hint: "Write it as https://shop.example/path.",
  });

/** Builds SITE_UNREACHABLE (exit 1): there is no answer to look at. */
export const siteUnreachable = (url: string, why: string) =>
  new DevError("SITE_UNREACHABLE", `${url} cannot be looked at: ${why}.`, {
    hint: "Nothing was compared. Look at the name, the port and the network.",
  });

/** Builds NOTHING_TO_COMPARE (exit 3): no site of ours answers. */
export const nothingToCompare = () =>
  new DevError("NOTHING_TO_COMPARE", "Nothing of this stack answers that the site could be compared with.", {
    exitCode: 3,
    hint: "`dev up` starts it; --with URL names another site.",
  });
