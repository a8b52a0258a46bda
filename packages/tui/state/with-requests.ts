import type { EditEvent, RequestsEvent, WebRequest } from "@drydock/core";
import type { DashboardState } from "./dashboard-state.ts";

/** Takes requests in, and sees which of them were the first good answer after a save. */
export function withRequests(state: DashboardState, { requests, dropped }: RequestsEvent): DashboardState {
  state.requests.take(requests, dropped);
  const waiting = state.edits.filter((edit) => edit.phase === "done" && !state.firstAnswers.has(editKey(edit)));
  if (waiting.length === 0) return state;
  const found = waiting.flatMap((edit) => {
    const first = requests.find((request) => isFirstAnswer(edit, request));
    return first ? [[editKey(edit), first.at + first.durationMs] as const] : [];
  });
  return found.length === 0 ? state : { ...state, firstAnswers: new Map([...state.firstAnswers, ...found]) };
}

/** What tells one save of a service from others. */
export const editKey = ({ service, savedAt }: EditEvent): string => `${service} ${savedAt}`;

/** A request that came after the service's files were there, and that the service answered without a failure. */
function isFirstAnswer({ service, savedAt, actedAt = savedAt }: EditEvent, request: WebRequest): boolean {
  const last = request.attempts.at(-1);
  return request.at >= actedAt && request.status < 400 && last?.service === service;
}
