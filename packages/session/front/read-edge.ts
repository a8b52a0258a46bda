import { readFile } from "node:fs/promises";
import type { FrontAnswer } from "@drydock/nginx";
import { listCertificates } from "../certs/list-certificates.ts";
import type { Session } from "../session.ts";
import type { StackSource } from "../supervisor.ts";
import { authorityFolder } from "./authority-place.ts";
import type { EdgeOverview } from "./edge-overview.ts";
import { planLocalSites } from "./local-place.ts";

/** The front's routes as it serves them now, and its certificates. @throws DevError NO_COMPOSE_FILE, BAD_CONFIGURATION */
export async function readEdge(session: Session, source: StackSource): Promise<EdgeOverview> {
  const { environment, settings } = session.stack;
  const isOn = settings.front.isOn;
  const { sites } = planLocalSites(environment, settings, session.board.all);
  const [certificates, trustedBy] = await Promise.all([
    isOn ? listCertificates(source) : [],
    trustingStores(authorityFolder(source.variables)),
  ]);
  const routes = sites.flatMap(({ hosts, routes: own }) =>
    hosts.flatMap((host) =>
      own.map(({ path, isExact, answer }) => ({
        host,
        path,
        isExact,
        to: told(answer),
        isService: answer.kind === "service",
      })),
    ),
  );
  return { isOn, routes: isOn ? routes : [], certificates, trustedBy };
}

function told(answer: FrontAnswer): string {
  switch (answer.kind) {
    case "service":
      // `api-3000`, `api-3000-ip-hash`: named after the service and its port.
      return answer.upstream.name.replace(/-(\d+)(?:-[a-z-]+)?$/, ":$1");
    case "redirect":
      return `redirect to ${answer.to}`;
    case "folder":
      return `folder ${answer.directory}`;
    case "unavailable":
      return answer.text;
  }
}

async function trustingStores(folder: string): Promise<readonly string[]> {
  const { trustMark } = await import("@drydock/certs");
  const text = await readFile(trustMark(folder), "utf8").catch(() => "");
  return text.split("\n").filter((line) => line !== "");
}
