import { expect, test } from "vitest";
import { isReloadTalk } from "./reload-talk.ts";

// What nginx 1.22 wrote when it was told to reload.
const talk = `2026/12/01 04:17:41 [notice] 30230#30230: signal 1 (SIGHUP) received from 30002, reconfiguring
2026/12/01 04:17:41 [notice] 30230#30230: reconfiguring
2026/12/01 04:17:41 [notice] 30230#30230: using the "epoll" event method
2026/12/01 04:17:41 [notice] 30230#30230: start worker processes
2026/12/01 04:17:41 [notice] 30230#30230: start worker process 30414
2026/12/01 04:17:41 [notice] 30231#30231: gracefully shutting down
2026/12/01 04:17:41 [notice] 30231#30231: exiting
2026/12/01 04:17:41 [notice] 30231#30231: exit
2026/12/01 04:17:41 [notice] 30230#30230: signal 17 (SIGCHLD) received from 30231
2026/12/01 04:17:41 [notice] 30230#30230: worker process 30231 exited with code 0
2026/12/01 04:17:41 [notice] 30230#30230: signal 29 (SIGIO) received
reloaded 3
drained 3`;

test.each(talk.split("\n"))("%s", (line) => {
  expect(isReloadTalk(line)).toBe(true);
});

test.each([
  "2026/12/01 04:17:41 [alert] 30230#30230: worker process 30231 exited on signal 9",
  "2026/12/01 04:17:41 [notice] 30230#30230: worker process 30231 exited with code 2",
  "2026/12/01 04:17:41 [emerg] 30230#30230: bind() to 0.0.0.0:80 failed (98: Address already in use)",
  "2026/12/01 04:17:41 [error] 30231#30231: *1 connect() failed (111: Connection refused) while connecting to upstream",
  "2026/12/01 04:17:41 [notice] 30230#30230: signal 15 (SIGTERM) received from 1, exiting",
  "the old configuration goes on serving: line 3",
  "reloaded 3 pages",
])("not %s", (line) => {
  expect(isReloadTalk(line)).toBe(false);
});
