import type { Service } from "./service.ts";

// Programs that watch their own files: a restart from outside would come second, and lose the page's state.
const programs =
  /(^|\s|\/)(nodemon|vite|tsx\s+watch|ts-node-dev|webpack(-dev-server)?\s+serve|webpack-dev-server|next\s+dev|nuxi?\s+dev|nuxt\s+dev|astro\s+dev|ng\s+serve|remix\s+dev|parcel|wrangler\s+dev|bun\s+--(hot|watch)|deno\s+.*--watch|uvicorn\s+.*--reload|flask\s+.*--debug|air)(\.[cm]?js)?(\s|$)/;

/** Whether what a service runs reloads by itself. `npm run dev` says too little to tell, and counts as a program that does. */
export function reloadsItself({ dev, command, entrypoint }: Service): boolean {
  const line = dev.run ?? [...(entrypoint ?? []), ...(command ?? [])].join(" ");
  return (
    programs.test(line) || /(^|\s)--watch(=|\s|$)/.test(line) || /(^|\s)(npm|pnpm|yarn)\s+(run\s+)?dev(\s|$)/.test(line)
  );
}
