import { access } from "node:fs/promises";
import { join } from "node:path";
import { DevError, type NoticeEvent } from "@drydock/core";
import { PageReload } from "../page-reload/page-reload.ts";
import type { Session } from "../session.ts";
import type { CertificateRenewal } from "../supervisor.ts";
import { authorityFolder } from "./authority-place.ts";
import { type FrontCertificate, keepFrontCertificate, renewInTime } from "./front-certificate.ts";
import { type FrontFolder, frontFolder, makeFrontFolder, writeAuthorities } from "./front-folder.ts";
import { certificateNames, httpsUrl, projectHost } from "./front-names.ts";
import { FrontServer } from "./front-server.ts";
import { type LocalSites, planLocalSites } from "./local-place.ts";
import type { FrontUrls, StackFront } from "./stack-front.ts";

/** What a front is made with. */
export interface FrontParts {
  /** Runs `dev serve`. */
  readonly serveCommand: readonly string[];
  readonly sessionId: string;
}

const againMs = [100, 1_000, 5_000] as const;

/**
 * The proxy before a stack: keeps its certificate, its process and its configuration as the stack changes. What it cannot do is a notice,
 * never a failure of the stack.
 */
export class Front implements StackFront {
  readonly #session: Session;
  readonly #parts: FrontParts;
  readonly #folder: FrontFolder;
  readonly #notices = new Set<string>();
  readonly #pages = new PageReload();
  #server: FrontServer | undefined;
  #life = new AbortController();
  #variables: Readonly<Record<string, string>> = {};
  #certificate: FrontCertificate | undefined;
  #hasNewCertificate = false;
  #urls: FrontUrls | undefined;
  #isOn = false;
  #exits = 0;
  #turn: Promise<void> = Promise.resolve();
  #waiting: Promise<void> | undefined;

  constructor(session: Session, parts: FrontParts) {
    this.#session = session;
    this.#parts = parts;
    this.#folder = frontFolder(session.folder.directory);
    session.hub.subscribe(({ kind }) => {
      if (this.#isOn && (kind === "instance" || kind === "gone")) void this.#refresh();
    });
  }

  get urls(): FrontUrls | undefined {
    return this.#urls;
  }

  async begin(variables: Readonly<Record<string, string>>): Promise<void> {
    this.#variables = variables;
    if (!this.#session.stack.settings.front.isOn) return this.stop();
    const isNew = !this.#isOn;
    if (isNew) this.#life = new AbortController();
    await this.#attempt(() => this.#keep(false));
    // Services are told of this file: it must have what the caller's own had, also where there is no authority.
    if (!this.#certificate) await this.#attempt(() => writeAuthorities(this.#folder, undefined, this.#variables));
    this.#isOn = true;
    if (isNew) {
      const renew = () => this.#attempt(() => this.#renew(false));
      void renewInTime(() => this.#certificate?.dueAt, renew, this.#session.clock, this.#life.signal);
    }
    void this.#refresh();
  }

  settle(): Promise<void> {
    return this.#isOn ? this.#refresh() : Promise.resolve();
  }

  async reloadPages(): Promise<void> {
    await this.settle();
    this.#pages.reload();
  }

  /** Gets a new certificate now, and serves it. Undefined when there is no front. @throws DevError AUTHORITY_DAMAGED, KEY_READABLE */
  async renewNow(): Promise<CertificateRenewal | undefined> {
    if (!this.#isOn) return undefined;
    await this.#renew(true);
    const { certificate } = this.#folder;
    return { path: certificate, validUntil: this.#certificate?.validUntil ?? 0, isServed: !this.#hasNewCertificate };
  }

  /** Ends it; resolves when nothing of it runs. It may begin again. */
  async stop(): Promise<void> {
    this.#isOn = false;
    this.#life.abort(new Error("the front was stopped"));
    await this.#turn;
    await this.#server?.stop();
    this.#server = undefined;
    await this.#pages.stop();
    this.#urls = undefined;
  }

  async #renew(isForced: boolean): Promise<void> {
    await this.#keep(isForced);
    if (this.#hasNewCertificate) await this.#refresh();
  }

  async #keep(isForced: boolean): Promise<void> {
    await makeFrontFolder(this.#folder);
    const { clock, stack } = this.#session;
    const { project } = stack.environment;
    const seconds = Number(this.#variables.DRYDOCK_CERTIFICATE_SECONDS);
    const own = certificateNames(project, []);
    const all = certificateNames(
      project,
      this.#plan().sites.flatMap(({ hosts }) => hosts),
    );
    const wish = {
      authorityFolder: authorityFolder(this.#variables),
      path: this.#folder.certificate,
      names: own,
      otherNames: all.filter((name) => !own.includes(name)),
      lifeMs: seconds > 0 ? seconds * 1000 : undefined,
    };
    const kept = await keepFrontCertificate(wish, clock, isForced);
    this.#certificate = kept;
    this.#hasNewCertificate ||= kept.renewedBecause !== undefined;
    if (kept.refused) this.#tell("warning", kept.refused.message, kept.refused.hint);
    await writeAuthorities(this.#folder, kept.authorityPath, this.#variables);
  }

  #plan(): LocalSites {
    const { environment, settings } = this.#session.stack;
    return planLocalSites(environment, settings, this.#session.board.all);
  }

  /** Serves what is now. A call that has not begun yet sees all that happens until it does, and is shared. */
  #refresh(): Promise<void> {
    if (this.#waiting) return this.#waiting;
    const next = this.#turn.then(() => {
      this.#waiting = undefined;
      return this.#isOn ? this.#attempt(() => this.#serve()) : undefined;
    });
    this.#waiting = next;
    this.#turn = next;
    return next;
  }

  async #serve(): Promise<void> {
    if (!this.#certificate) return;
    const { environment, settings } = this.#session.stack;
    const planned = this.#plan();
    for (const mistake of planned.mistakes) this.#tell("warning", mistake, "Correct `routes` in dev.config.ts.");
    const isFirst = this.#server === undefined;
    this.#server ??= new FrontServer(this.#session.folder.directory, this.#folder, this.#parts.serveCommand, {
      variables: this.#variables,
      sessionId: this.#parts.sessionId,
      projectDirectory: environment.directory,
    });
    const server = this.#server;
    const hasNewCertificate = this.#hasNewCertificate;
    const before = server.ended;
    const { authorityPath } = this.#certificate;
    const { generation } = server;
    const { sites } = planned;
    if (settings.reload.reloadsPages) await this.#pages.start();
    const pages = settings.reload.reloadsPages ? this.#pages.address : undefined;
    const { https } = await server.show({ environment, sites, authorityPath, hasNewCertificate, pages });
    if (server.generation !== generation) this.#pages.renew();
    if (hasNewCertificate) this.#hasNewCertificate = false;
    if (before !== server.ended) this.#restartWhenItEnds(server);
    this.#urls = urlsOf(planned, https);
    if (isFirst) await this.#sayWhetherTrusted(httpsUrl(projectHost(environment.project), https));
  }

  #restartWhenItEnds(server: FrontServer): void {
    const life = this.#life.signal;
    void server.ended.then(async () => {
      if (life.aborted || this.#server !== server) return;
      this.#urls = undefined;
      const pause = againMs[Math.min(this.#exits, againMs.length - 1)] ?? 5_000;
      this.#exits += 1;
      await this.#session.clock.sleep(pause, life).catch(() => undefined);
      if (!life.aborted) await this.#refresh();
    });
  }

  async #sayWhetherTrusted(url: string): Promise<void> {
    const mark = join(authorityFolder(this.#variables), "trusted");
    const isTrusted = await access(mark).then(
      () => true,
      () => false,
    );
    if (!isTrusted && !this.#variables.CI)
      this.#tell(
        "info",
        `Browsers do not trust ${url} yet:`,
        "`dev trust` lets them, and shows first what it will do.",
      );
  }

  /** Never rejects: what went wrong is a notice, once. */
  async #attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const evidence = error instanceof DevError ? error.evidence.slice(-2) : [];
      this.#tell("warning", [message, ...evidence].join(" "), error instanceof DevError ? error.hint : undefined);
    }
  }

  #tell(level: NoticeEvent["level"], message: string, hint: string | undefined): void {
    if (this.#notices.has(message)) return;
    this.#notices.add(message);
    const at = this.#session.clock.now();
    this.#session.publish({ kind: "notice", at, level, message, ...(hint === undefined ? {} : { hint }) });
  }
}

function urlsOf({ mainHost, serviceHosts }: LocalSites, port: number): FrontUrls {
  const services = [...serviceHosts].map(([name, hosts]) => [name, hosts.map((host) => httpsUrl(host, port))] as const);
  return { main: mainHost === undefined ? undefined : httpsUrl(mainHost, port), services: new Map(services) };
}
