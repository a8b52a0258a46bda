import { passphraseOf } from "../certs/passphrase.ts";
import { PageReload } from "../page-reload/page-reload.ts";
import type { Session } from "../session.ts";
import type { CertificateRenewal } from "../supervisor.ts";
import { authorityFolder } from "./authority-place.ts";
import { boundLog } from "./bound-log.ts";
import { type SoftwareWish, softwareWish } from "./choose-software.ts";
import { containerAddresses } from "./containers/bridge-addresses.ts";
import { type FrontCertificate, keepFrontCertificate, postponedText, renewInTime } from "./front-certificate.ts";
import { type FrontFolder, frontFolder, makeFrontFolder, writeAuthorities } from "./front-folder.ts";
import { certificateNames, httpsUrl } from "./front-names.ts";
import { FrontNotices } from "./front-notices.ts";
import type { FrontServer } from "./front-server.ts";
import { type LocalSites, planLocalSites } from "./local-place.ts";
import { type FrontParts, makeFrontServer } from "./make-front-server.ts";
import { onceABurst } from "./once-a-burst.ts";
import type { FrontUrls, StackFront } from "./stack-front.ts";
import { sessionProspects } from "./waiting/prospect.ts";
import { WaitingRoom } from "./waiting/waiting-room.ts";

const againMs = [100, 1_000, 5_000] as const;
// A service that comes up changes several times within this; whoever needs the last change at once settles.
const burstMs = 200;

/**
 * The proxy before a stack: keeps its certificate, its process and its configuration as the stack changes. What it cannot do is a notice,
 * never a failure of the stack.
 */
export class Front implements StackFront {
  readonly #session: Session;
  readonly #parts: FrontParts;
  readonly #folder: FrontFolder;
  readonly #notices: FrontNotices;
  readonly #pages = new PageReload();
  readonly #room: WaitingRoom;
  #server: FrontServer | undefined;
  /** What was wished for when it was made. */
  #asked = "";
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
    this.#notices = new FrontNotices(session);
    this.#room = new WaitingRoom(sessionProspects(session));
    const follow = onceABurst(() => void this.#refresh(), burstMs, session.clock);
    session.hub.subscribe(({ kind }) => {
      if (this.#isOn && (kind === "instance" || kind === "gone")) follow(this.#life.signal);
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
    await this.#notices.attempt(() => this.#keep(false));
    // Services are told of this file: it must have what the caller's own had, also where there is no authority.
    if (!this.#certificate)
      await this.#notices.attempt(() => writeAuthorities(this.#folder, undefined, this.#variables));
    this.#isOn = true;
    if (isNew) {
      const renew = () => this.#notices.attempt(() => this.#renew(false));
      const { clock } = this.#session;
      void renewInTime(() => this.#certificate?.dueAt, renew, clock, this.#life.signal);
      void this.#notices.attempt(() => boundLog(this.#folder.accessLog, clock, this.#life.signal));
    }
    void this.#refresh();
  }

  settle(): Promise<void> {
    return this.#isOn ? this.#refresh() : Promise.resolve();
  }

  async drained(): Promise<void> {
    await this.#server?.drained();
  }

  async reloadPages(): Promise<void> {
    await this.settle();
    this.#pages.reload();
  }

  /** Gets a new certificate now, and serves it. Undefined when there is no front. @throws DevError AUTHORITY_DAMAGED, KEY_READABLE, PASSPHRASE_NEEDED, WRONG_PASSPHRASE */
  async renewNow(passphrase: string | undefined): Promise<CertificateRenewal | undefined> {
    if (!this.#isOn) return undefined;
    await this.#renew(true, passphrase);
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
    await Promise.all([this.#pages.stop(), this.#room.stop()]);
    this.#urls = undefined;
  }

  async #renew(isForced: boolean, passphrase?: string): Promise<void> {
    await this.#keep(isForced, passphrase);
    if (this.#hasNewCertificate) await this.#refresh();
  }

  async #keep(isForced: boolean, passphrase?: string): Promise<void> {
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
      passphrase: passphrase ?? (await passphraseOf(this.#variables)),
    };
    const kept = await keepFrontCertificate(wish, clock, isForced);
    const before = this.#certificate?.validUntil;
    this.#certificate = kept;
    // Somebody may have renewed it besides: `dev certs renew` in another program.
    this.#hasNewCertificate ||=
      kept.renewedBecause !== undefined || (before !== undefined && before !== kept.validUntil);
    if (kept.postponed) this.#notices.tell("warning", postponedText(kept.validUntil, clock.now()), kept.postponed.hint);
    if (kept.refused) this.#notices.tell("warning", kept.refused.message, kept.refused.hint);
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
      return this.#isOn ? this.#notices.attempt(() => this.#serve()) : undefined;
    });
    this.#waiting = next;
    this.#turn = next;
    return next;
  }

  async #serve(): Promise<void> {
    if (!this.#certificate) return;
    const { environment, settings, engine } = this.#session.stack;
    const planned = this.#plan();
    for (const mistake of planned.mistakes)
      this.#notices.tell("warning", mistake, "Correct `routes` in dev.config.ts.");
    const server = await this.#serverFor(await softwareWish(environment, settings, engine.description.kind));
    // An image may have been fetched for it.
    if (!this.#isOn) return;
    const hasNewCertificate = this.#hasNewCertificate;
    const before = server.ended;
    const { authorityPath } = this.#certificate;
    const { generation } = server;
    const { sites } = planned;
    if (settings.reload.reloadsPages) await this.#pages.start();
    const pages = settings.reload.reloadsPages ? this.#pages.address : undefined;
    await this.#room.start();
    const waitingRoom = this.#room.address;
    const { https } = await server.show({
      environment,
      sites,
      authorityPath,
      hasNewCertificate,
      pages,
      waitingRoom,
      addresses: await containerAddresses(this.#session.stack, this.#life.signal),
    });
    if (server.generation !== generation) this.#pages.renew();
    if (hasNewCertificate) this.#hasNewCertificate = false;
    if (before !== server.ended) this.#restartWhenItEnds(server);
    this.#urls = { ...urlsOf(planned, https), authorityFolder: authorityFolder(this.#variables) };
  }

  async #serverFor(wish: SoftwareWish): Promise<FrontServer> {
    const asked = JSON.stringify(wish);
    if (asked !== this.#asked) {
      await this.#server?.stop();
      this.#server = undefined;
    }
    this.#asked = asked;
    const [notices, life] = [this.#notices, this.#life.signal];
    this.#server ??= await makeFrontServer(
      this.#session,
      this.#parts,
      wish,
      this.#folder,
      notices,
      this.#variables,
      life,
    );
    return this.#server;
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
}

function urlsOf({ mainHost, serviceHosts }: LocalSites, port: number): Pick<FrontUrls, "main" | "services"> {
  const services = [...serviceHosts].map(([name, hosts]) => [name, hosts.map((host) => httpsUrl(host, port))] as const);
  return { main: mainHost === undefined ? undefined : httpsUrl(mainHost, port), services: new Map(services) };
}
