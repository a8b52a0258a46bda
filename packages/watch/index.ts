export { changedSince } from "./changed-since.ts";
export type { FileChange } from "./file-change.ts";
export { compareManifests, type FileManifest, readManifest } from "./file-manifest.ts";
export { type FollowUp, FollowUps } from "./follow-ups.ts";
export { givesEvents } from "./gives-events.ts";
export { type Edit, type EditKind, isWatched, planEdits } from "./plan-edits.ts";
export { Settle } from "./settle.ts";
export { watchFiles } from "./watch-files.ts";
export { readWatchedPages, readWatchedService, type WatchedService } from "./watched-service.ts";
