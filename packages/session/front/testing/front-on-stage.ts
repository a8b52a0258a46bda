import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { systemClock } from "@drydock/core";
import { defaultSettings } from "@drydock/settings";
import { testEnvironment } from "@drydock/testing";
import { chooseSoftware } from "../choose-software.ts";
import { keepFrontCertificate } from "../front-certificate.ts";
import { frontFolder, makeFrontFolder } from "../front-folder.ts";
import { FrontServer, type WantedFront } from "../front-server.ts";
import type { FrontSoftware } from "../front-software.ts";

/** A front's real server, without a session: tests say what it serves. */
export interface FrontOnStage {
  readonly server: FrontServer;
  readonly host: string;
  /** The state folder. */
  readonly directory: string;
  authorityPem(): Promise<string>;
  /** Makes a new certificate, which the next `show` serves. */
  renew(): Promise<void>;
  /** Resolves with the port when this is served. */
  show(wanted: Pick<WantedFront, "sites"> & Partial<WantedFront>): Promise<number>;
  /** Ends it; nothing is left. */
  close(): Promise<void>;
}

const host = "shop.localhost";
const leafMs = 300_000;
const serveCommand = [process.execPath, resolve(import.meta.dirname, "../../../cli/bin/dev.js"), "serve"];

/**
 * Prepares one on the built edge, or on the nginx that PATH in `variables` has. Its certificate is good for five
 * minutes. `fallsBack`: one that refuses its configuration gives way to the edge, as in a stack.
 */
export async function putFrontOnStage(
  name: "edge" | "nginx",
  variables: Readonly<Record<string, string>>,
  fallsBack = false,
): Promise<FrontOnStage> {
  const directory = await mkdtemp(join(tmpdir(), "drydock-front-"));
  const folder = frontFolder(directory);
  await makeFrontFolder(folder);
  const { choice } = await chooseSoftware({ ...defaultSettings.front, server: name }, serveCommand, folder, variables);
  const server = new FrontServer({
    stateDirectory: directory,
    folder,
    choice: fallsBack ? choice : choice.slice(0, 1),
    program: { variables, sessionId: `test-${process.pid}`, projectDirectory: directory },
    onRefusal: (software: FrontSoftware, complaints: readonly string[]) => {
      if (!fallsBack) throw new Error(`${software.name}: ${complaints.join("\n")}`);
    },
  });
  const wish = {
    authorityFolder: join(directory, "authority"),
    path: folder.certificate,
    names: [host],
    otherNames: [],
    lifeMs: leafMs,
  };
  let isNew = false;
  let authorityPath = "";
  const renew = async () => {
    ({ authorityPath } = await keepFrontCertificate(wish, systemClock, true));
    isNew = true;
  };
  await renew();
  return {
    server,
    host,
    directory,
    authorityPem: () => readFile(authorityPath, "utf8"),
    renew,
    async show(wanted) {
      const environment = testEnvironment(directory, []);
      const none = { pages: undefined, waitingRoom: undefined, addresses: [] };
      const usual = { environment, authorityPath, ...none, hasNewCertificate: isNew };
      const { https } = await server.show({ ...usual, ...wanted });
      isNew = false;
      return https;
    },
    async close() {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
