/** What `stub_status` shows (ngx_http_stub_status_module). */
export class EdgeCounters {
  accepted = 0;
  active = 0;
  requests = 0;
  /** Requests that are being answered now. */
  writing = 0;
}
