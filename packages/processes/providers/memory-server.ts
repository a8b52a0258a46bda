import { request } from "node:https";

// Where mongodb-memory-server downloads from; asked first, so that a machine without a network does not wait.
const downloadHost = "fastdl.mongodb.org";
const reachMs = 3_000;

/** A mongod, or why there is none. */
export type CachedMongod = { readonly path: string; readonly because: string } | { readonly because: string };

/**
 * The mongod that mongodb-memory-server has in its cache. One is downloaded only with consent (`DRYDOCK_ALLOW_DOWNLOAD=1`) or in CI
 * (`CI=true`), and only when the place answers.
 */
export async function findCachedMongod(variables: Readonly<Record<string, string>>): Promise<CachedMongod> {
  const system = variables.MONGOMS_SYSTEM_BINARY;
  if (system !== undefined && system !== "") return { path: system, because: "MONGOMS_SYSTEM_BINARY names it" };
  const { DryMongoBinary } = await import("mongodb-memory-server-core/lib/util/DryMongoBinary.js");
  const { DEFAULT_VERSION } = await import("mongodb-memory-server-core/lib/util/resolveConfig.js");
  const version = variables.MONGOMS_VERSION ?? DEFAULT_VERSION;
  const cached = await DryMongoBinary.locateBinary({ version }).catch(() => undefined);
  if (cached !== undefined) return { path: cached, because: `its cache has ${cached}` };
  const hasConsent = variables.DRYDOCK_ALLOW_DOWNLOAD === "1" || variables.CI === "true";
  if (!hasConsent) return { because: "nothing in its cache, and no consent to download (DRYDOCK_ALLOW_DOWNLOAD=1)" };
  if (!(await answers())) return { because: `nothing in its cache, and ${downloadHost} does not answer` };
  const { MongoBinary } = await import("mongodb-memory-server-core/lib/util/MongoBinary.js");
  try {
    return { path: await MongoBinary.getPath({ version }), because: "it was downloaded" };
  } catch (error) {
    return { because: `the download failed: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function answers(): Promise<boolean> {
  return new Promise((resolve) => {
    const sent = request({ host: downloadHost, method: "HEAD", timeout: reachMs }, (response) => {
      response.resume();
      resolve(true);
    });
    sent.once("timeout", () => sent.destroy(new Error("timeout")));
    sent.once("error", () => resolve(false));
    sent.end();
  });
}
