import { allFacts, type DashboardState } from "../state/dashboard-state.ts";
import { type Line, lineWidth, type Span, span, spread } from "../text/line.ts";
import { neutralise } from "../text/neutralise.ts";
import { durationText } from "./amounts.ts";

/** The views of the screen. A later one is one more entry; the strip shows numbers as soon as there is a choice. */
const tabs: readonly { readonly title: string }[] = [{ title: "Services" }];

/** The top row: the project, its branch and engine, how it is, and where people reach it. */
export function headerLine(state: DashboardState, width: number): Line {
  const { session, glyphs } = state;
  if (!session) return spread([span(" drydock", "accent"), span("  connecting", "dim")], [], width, glyphs.ellipsis);
  const branch = session.branch === undefined ? [] : [span(`  ${neutralise(session.branch)}`, "dim")];
  const left = [
    span(` ${neutralise(session.project)}`, "accent"),
    ...branch,
    span(`  ${session.engine.kind}`, "dim"),
    span("  "),
    healthSpan(state),
  ];
  const url = state.mainUrl === undefined ? undefined : neutralise(state.mainUrl);
  const right = url === undefined ? [] : [span(url, "strong"), span(" ")];
  return spread(left, right, width, glyphs.ellipsis);
}

/** The row of views, with what is always at hand on its right. */
export function tabsLine(width: number): Line {
  const left = tabs.flatMap(({ title }, index) => [
    span(` ${title}`, "strong"),
    ...(tabs.length > 1 ? [span(` ${index + 1}`, "dim")] : []),
  ]);
  const hint = [span("?", "accent"), span(" keys   ", "dim"), span(":", "accent"), span(" commands ", "dim")];
  return lineWidth(left) + lineWidth(hint) + 2 > width ? spread(left, [], width, "") : spread(left, hint, width, "");
}

/** How the whole stack is, worst first. */
function healthSpan(state: DashboardState): Span {
  if (state.connection.kind === "lost") return span("no supervisor", "bad");
  const facts = allFacts(state);
  const named = (names: readonly string[]) => (names.length > 2 ? `${names.length} services` : names.join(", "));
  const failed = facts.filter((each) => each.state === "failed").map((each) => each.name);
  if (failed.length > 0) return span(`${named(failed)} failed`, "bad");
  const unhealthy = facts.filter((each) => each.state === "unhealthy").map((each) => each.name);
  if (unhealthy.length > 0) return span(`${named(unhealthy)} unhealthy`, "bad");
  const settled = facts.filter((each) => each.state === "ready" || each.state === "done");
  if (settled.length < facts.length) {
    const isMoving = facts.some((each) => ["waiting", "starting", "restarting"].includes(each.state));
    return span(`${settled.length} of ${facts.length} ready`, isMoving ? "busy" : "dim");
  }
  return span(state.up?.changed ? `ready in ${durationText(state.up.durationMs)}` : "ready", "good");
}
