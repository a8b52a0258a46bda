import type { EditEvent } from "./event.ts";

const verbs: Readonly<Record<EditEvent["action"], readonly [doing: string, done: string]>> = {
  sync: ["brings it over", "has it"],
  exec: ["runs its command", "has it"],
  restart: ["restarts", "answers with it"],
  rebuild: ["builds", "answers with it"],
  run: ["runs its commands", "is done"],
};

/** What a save led to, as a sentence: `server.js: api answers with it 412 ms after the save`. */
export function describeEdit({ service, files, action, phase, savedAt, at, error }: EditEvent): string {
  const [first = "", ...others] = files;
  const what = others.length === 0 ? first : `${first} and ${others.length} more`;
  const [doing, done] = verbs[action];
  switch (phase) {
    case "started":
      return `${what}: ${service} ${doing}`;
    case "done":
      return `${what}: ${service} ${done} ${Math.max(0, Math.round(at - savedAt))} ms after the save`;
    case "overtaken":
      return `${what}: ${service} waits, files were saved again`;
    case "failed":
      return `${what}: ${service} does not follow: ${error?.message ?? "it failed"}`;
  }
}
