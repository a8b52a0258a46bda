/**
 * Whether a proxy's line only tells of a reload: nginx's notices of one (src/os/unix/ngx_process_cycle.c), and those of the embedded edge. Where we told it to
 * reload, they are no news of the service, and each save would bring a dozen.
 */
export function isReloadTalk(line: string): boolean {
  return nginxNotice.test(line) || edgeNotice.test(line);
}

const nginxNotice =
  /\[notice\] \d+#\d+: (?:signal \d+ \(SIG(?:HUP|CHLD|IO)\) received|reconfiguring$|using the "|start worker process|gracefully shutting down$|exiting$|exit$|worker process \d+ exited with code 0$)/;
const edgeNotice = /^(?:reloaded|drained) \d+$/;
