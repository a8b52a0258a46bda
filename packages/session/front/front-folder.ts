import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import writeFileAtomic from "write-file-atomic";

/** The paths of a front in a state folder. */
export interface FrontFolder {
  readonly directory: string;
  readonly configuration: string;
  /** What is to take its place, until it was checked. */
  readonly proposal: string;
  /** Key and certificate in one file. */
  readonly certificate: string;
  readonly accessLog: string;
  /** The authorities that local services trust besides the public ones. */
  readonly authorities: string;
  /** A folder for containers, with the authority's certificate, and the Compose file that gives it to them. */
  readonly trust: string;
  readonly override: string;
}

/** Names the paths; touches nothing. */
export function frontFolder(stateDirectory: string): FrontFolder {
  const directory = join(stateDirectory, "front");
  return {
    directory,
    configuration: join(directory, "nginx.conf"),
    proposal: join(directory, "nginx.next.conf"),
    certificate: join(directory, "front.pem"),
    accessLog: join(directory, "access.log"),
    authorities: join(directory, "authorities.pem"),
    trust: join(directory, "trust"),
    override: join(directory, "compose.front.yml"),
  };
}

/** Makes the folder, for its owner alone. @throws the file system's error */
export async function makeFrontFolder({ directory }: FrontFolder): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
}

/** The same variables for local services, so that Node programs trust the front (nodejs.org/api/cli.html, NODE_EXTRA_CA_CERTS). */
export function trustingVariables(
  variables: Readonly<Record<string, string>>,
  stateDirectory: string,
): Readonly<Record<string, string>> {
  return { ...variables, NODE_EXTRA_CA_CERTS: frontFolder(stateDirectory).authorities };
}

/** Writes what `trustingVariables` names: the front's authority, where there is one, and those that the caller's own variable names. */
export async function writeAuthorities(
  folder: FrontFolder,
  authorityPath: string | undefined,
  variables: Readonly<Record<string, string>>,
): Promise<void> {
  const given = variables.NODE_EXTRA_CA_CERTS;
  const others = given && given !== folder.authorities ? await readFile(given, "utf8").catch(() => "") : "";
  const own = authorityPath === undefined ? "" : await readFile(authorityPath, "utf8");
  const text = [others, own].filter((each) => each !== "").join("\n");
  if (own !== "") await leaveForContainers(folder, own);
  const before = await readFile(folder.authorities, "utf8").catch(() => undefined);
  if (text !== before) await writeFileAtomic(folder.authorities, text, { mode: 0o600 });
}

/** A folder, and no file, is what they have mounted: so they see another authority, too. */
async function leaveForContainers({ trust }: FrontFolder, own: string): Promise<void> {
  const path = join(trust, "authority.pem");
  if ((await readFile(path, "utf8").catch(() => undefined)) === own) return;
  await mkdir(trust, { recursive: true, mode: 0o755 });
  await writeFileAtomic(path, own, { mode: 0o644 });
}
