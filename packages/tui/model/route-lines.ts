import type { RouteTraffic } from "../requests/route-traffic.ts";
import type { DashboardState } from "../state/dashboard-state.ts";
import { cellWidth, fitText } from "../text/fit-text.ts";
import { fitLine, type Line, type Span, span } from "../text/line.ts";
import { neutralise } from "../text/neutralise.ts";
import { latencyText } from "./amounts.ts";
import { statusTone } from "./request-lines.ts";

const numberWidth = 8;

/** The routes with what came to them in the last minute; how many are left out where there is no room for all. */
export function routeLines(
  state: DashboardState,
  routes: readonly RouteTraffic[],
  width: number,
  height: number,
): readonly Line[] {
  const { ellipsis } = state.glyphs;
  const rows = Math.max(1, height - 1);
  // Where there is no room for all, those that nothing came to are left out first.
  const busy = routes.length > rows ? routes.filter(({ traffic }) => traffic !== undefined) : routes;
  const known = busy.length === 0 ? routes : busy;
  const shown = routes.length > rows ? known.slice(0, rows - 1) : routes;
  const numbers = width >= 66 ? ["last", "p50", "p95", "/min", "errors"] : ["last", "p95", "errors"];
  const numbersWidth = 5 + (numbers.length - 1) * numberWidth;
  const nameRoom = Math.max(10, width - numbersWidth - 1);
  const names = routes.map((route) => cellWidth(nameOf(route, true)));
  const hasTargets = Math.max(0, ...names) <= nameRoom;
  const heading = fitLine(
    [span(` ${fitText("routes, the last minute", nameRoom, ellipsis)}`, "dim"), span(headText(numbers), "dim")],
    width,
    ellipsis,
  );
  const lines = shown.map((route) => {
    const name = fitText(nameOf(route, hasTargets), nameRoom, ellipsis);
    return fitLine([span(` ${name}`, route.isPart ? "dim" : "plain"), ...cells(route, numbers)], width, ellipsis);
  });
  const left = routes.length - shown.length;
  const more = left > 0 ? [fitLine([span(`   and ${left} more`, "dim")], width, ellipsis)] : [];
  return [heading, ...lines, ...more];
}

function nameOf({ route, to, isPart }: RouteTraffic, hasTarget: boolean): string {
  if (isPart) return `  ${neutralise(to)}`;
  return hasTarget && route !== `${to} itself` ? `${neutralise(route)}  ${neutralise(to)}` : neutralise(route);
}

const headText = (numbers: readonly string[]): string =>
  numbers.map((name, index) => name.padStart(index === 0 ? 5 : numberWidth)).join("");

function cells({ traffic }: RouteTraffic, numbers: readonly string[]): readonly Span[] {
  if (!traffic) return [span("-".padStart(5), "dim")];
  const { lastStatus, perMinute, errors, p50Ms, p95Ms } = traffic;
  const texts: Readonly<Record<string, string>> = {
    p50: p50Ms === undefined ? "" : latencyText(p50Ms),
    p95: p95Ms === undefined ? "" : latencyText(p95Ms),
    "/min": perMinute === 0 ? "" : perMinute.toLocaleString("en"),
    errors: errors === 0 ? "" : errors.toLocaleString("en"),
  };
  return numbers.map((name) => {
    if (name === "last") return span(String(lastStatus).padStart(5), statusTone(lastStatus));
    return span((texts[name] ?? "").padStart(numberWidth), name === "errors" ? "bad" : "dim");
  });
}
