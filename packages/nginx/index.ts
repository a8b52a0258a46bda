export { renderNginx } from "./render-nginx.ts";
export type { HostPort, NginxFile, NginxRendering, NginxRequest, NginxSource } from "./request.ts";
