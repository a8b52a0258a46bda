export { renderNginx } from "./render-nginx.ts";
