import { dirname } from "node:path";

/** Where and how the command was run whose repetition renews a certificate. */
export interface RenewalRun {
  /** Absolute: where the project is. */
  readonly directory: string;
  /** After `dev certs issue`, as they were given. */
  readonly words: readonly string[];
  /** Absolute: the Node that runs this. */
  readonly node: string;
}

/** Says that nobody renews a certificate of production by itself, and the line for cron that does. */
export function renewalSchedule(run: RenewalRun): string {
  return `Nobody renews it by itself, and the supervisor of \`dev up\` does not. Let this run every day; it changes nothing until the certificate is due, and exits with 1 where it fails:
    ${cronLine(run)}
For a systemd timer: dev certs issue --help
`;
}

/** One line of a user's crontab (crontab(5)). */
export function cronLine({ directory, words, node }: RenewalRun): string {
  const folder = dirname(node);
  // cron looks for programs in these two alone (cron(8), crontab(5)).
  const path = folder === "/usr/bin" || folder === "/bin" ? "" : `PATH=${quote(folder)}:$PATH `;
  const command = `cd ${quote(directory)} && ${path}npx dev certs issue ${words.map(quote).join(" ")}`.trimEnd();
  // A per cent sign would end the command.
  return `${minuteOf(directory)} 4 * * *  ${command.replaceAll("%", "\\%")}`;
}

/** Not all at the full hour: authorities ask for that (letsencrypt.org/docs/integration-guide, "When to Renew"). The same for the same project. */
const minuteOf = (text: string): number =>
  [...text].reduce((sum, each) => (sum * 31 + (each.codePointAt(0) ?? 0)) % 60, 7);

const quote = (word: string): string => (/^[\w@+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);

/** The same as a timer of systemd, for the help. */
export const timerHelp = `
It renews, too: let it run every day. It changes nothing until a third of the
certificate's life is left; the supervisor of \`dev up\` does not do it.
It prints the line for cron; with systemd, in /etc/systemd/system:

  shop-certificate.service
    [Service]
    Type=oneshot
    WorkingDirectory=/srv/shop
    ExecStart=/usr/bin/npx dev certs issue
  shop-certificate.timer
    [Timer]
    OnCalendar=daily
    RandomizedDelaySec=12h
    Persistent=true
    [Install]
    WantedBy=timers.target

  systemctl enable --now shop-certificate.timer

\`dev certs check\` and \`dev doctor\` tell when it is due, overdue, or over;
\`dev certs check\` exits with 1 for the last two.`;
