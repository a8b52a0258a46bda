import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { systemClock } from "@drydock/core";
import { testEnvironment } from "@drydock/testing";
import { chooseSoftware, type SoftwareWish } from "../choose-software.ts";
import { keepFrontCertificate } from "../front-certificate.ts";
import { frontFolder, makeFrontFolder } from "../front-folder.ts";
import { FrontServer, type WantedFront } from "../front-server.ts";

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

/** An image that is not pulled: tests with it skip where it is not there. */
export const testImage = "nginx:1.30";

export type StagedServer = "edge" | "nginx" | "nginx in Docker";

/** The label's value of the container of one on stage in this folder. */
export const stagedProject = (directory: string): string => basename(directory).toLowerCase();

function wishFor(name: StagedServer, directory: string): SoftwareWish {
  if (name !== "nginx in Docker") return { server: name, stack: undefined };
  const image = { image: testImage, isOfStack: true, mayBePulled: false };
  return { server: "nginx", stack: { ...image, project: stagedProject(directory), folders: [] } };
}

/**
 * Prepares one on the built edge, on the nginx that PATH in `variables` has, or on that of `testImage` in a container. Its certificate is good for five
 * minutes. `fallsBack`: one that refuses its configuration, or does not start, gives way to the next, as in a stack.
 */
export async function putFrontOnStage(
  name: StagedServer,
  variables: Readonly<Record<string, string>>,
  fallsBack = false,
): Promise<FrontOnStage> {
  const directory = await mkdtemp(join(tmpdir(), "drydock-front-"));
  const folder = frontFolder(directory);
  await makeFrontFolder(folder);
  const { signal } = new AbortController();
  const { choice } = await chooseSoftware(wishFor(name, directory), serveCommand, folder, variables, signal);
  const server = new FrontServer({
    stateDirectory: directory,
    folder,
    choice: fallsBack ? choice : choice.slice(0, 1),
    program: { variables, sessionId: `test-${process.pid}`, projectDirectory: directory },
    onGivingWay: (from, _, because) => {
      if (!fallsBack) throw new Error(`${from.name} ${because}`);
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
