import type { EdgeOverview } from "@drydock/session";
import type { DashboardState } from "../state/dashboard-state.ts";
import { type Line, span, type Tone, wrapLine, wrapWords } from "../text/line.ts";
import { neutralise } from "../text/neutralise.ts";
import type { Panel } from "./panel.ts";

const labelWidth = 12;
const dayMs = 86_400_000;

/** The certificates of the front, and whether browsers believe them. */
export function certificatesPanel(state: DashboardState, width: number): Panel {
  const { overview, error } = state.edge;
  const lines: readonly Line[] = overview
    ? overviewLines(overview, state.now, width)
    : wrapWords(error ? neutralise(error.message) : "asking for the certificates", width).map((row) => [
        span(row, error ? "bad" : "dim"),
      ]);
  return { title: [span("Certificates", "accent")], length: lines.length, row: (index) => lines[index] ?? [] };
}

function overviewLines(overview: EdgeOverview, now: number, width: number): readonly Line[] {
  const { isOn, certificates, trustedBy } = overview;
  const note = (text: string): readonly Line[] => wrapWords(text, width).map((row) => [span(row, "dim")]);
  if (!isOn) return note("The front is turned off (`front: false` in dev.config.ts): it needs no certificate.");
  if (certificates.length === 0) return note("There are no certificates yet. `dev up` makes them.");
  return certificates.flatMap((each, index) => [
    ...(index > 0 ? [[]] : []),
    ...certificateLines(each, trustedBy, now, width),
  ]);
}

type Certificate = EdgeOverview["certificates"][number];

function certificateLines(
  certificate: Certificate,
  trustedBy: readonly string[],
  now: number,
  width: number,
): readonly Line[] {
  const { kind, subject, issuer, names, validFrom, validUntil, serialNumber, path } = certificate;
  const field = (label: string, text: string, tone: Tone = "plain"): readonly Line[] =>
    text === ""
      ? []
      : wrapLine([span(label.padEnd(labelWidth), "dim"), span(neutralise(text), tone)], width, labelWidth);
  const trusted =
    trustedBy.length > 0 ? trustedBy.join(", ") : "by no store of this machine: `dev trust` lets browsers believe it";
  return [
    [span(neutralise(kind), "strong"), span(`  ${neutralise(subject)}`)],
    ...field("valid", lifeText(validUntil, now), lifeTone(validFrom, validUntil, now)),
    ...(kind === "front"
      ? field("renewed", `by itself ${dayText(validUntil - (validUntil - validFrom) / 3)}; r renews now`)
      : []),
    // The textual form of ::1 in a certificate (RFC 5952 would have the short one).
    ...field("names", names.join(", ").replace("0:0:0:0:0:0:0:1", "::1")),
    ...(kind === "authority" ? [] : field("signed by", issuer)),
    ...(kind === "authority" ? field("trusted", trusted, trustedBy.length > 0 ? "good" : "busy") : []),
    ...field("serial", serialNumber),
    ...field("file", path),
  ];
}

function lifeText(until: number, now: number): string {
  if (now > until) return `expired ${dayText(until)}`;
  const days = Math.floor((until - now) / dayMs);
  const left = days >= 2 ? `${days} days left` : `${Math.floor((until - now) / 3_600_000)} h left`;
  return `${left}, until ${dayText(until)}`;
}

/** `2026-01-05 14:02`, in this machine's zone. */
const dayText = (at: number): string => new Date(at).toLocaleString("sv-SE").slice(0, 16);

/** Past the time when it should have been renewed, something is wrong. */
function lifeTone(from: number, until: number, now: number): Tone {
  if (now > until) return "bad";
  return now > until - (until - from) / 4 ? "busy" : "good";
}
