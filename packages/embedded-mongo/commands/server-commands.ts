import { buildInfo } from "./admin/build-info.ts";
import { configureFailPoint } from "./admin/configure-fail-point.ts";
import { connectionStatus } from "./admin/connection-status.ts";
import { currentOp } from "./admin/current-op.ts";
import { drydockCopyTo } from "./admin/drydock-copy-to.ts";
import { features } from "./admin/features.ts";
import { fsync } from "./admin/fsync.ts";
import { fsyncUnlock } from "./admin/fsync-unlock.ts";
import { getCmdLineOpts } from "./admin/get-cmd-line-opts.ts";
import { getDefaultRWConcern } from "./admin/get-default-rw-concern.ts";
import { getLog } from "./admin/get-log.ts";
import { getParameter } from "./admin/get-parameter.ts";
import { hello } from "./admin/hello.ts";
import { hostInfo } from "./admin/host-info.ts";
import { killOp } from "./admin/kill-op.ts";
import { listCommands } from "./admin/list-commands.ts";
import { ping } from "./admin/ping.ts";
import { profile } from "./admin/profile.ts";
import { replSetGetConfig } from "./admin/repl-set-get-config.ts";
import { replSetGetStatus } from "./admin/repl-set-get-status.ts";
import { replSetInitiate } from "./admin/repl-set-initiate.ts";
import { replSetReconfig } from "./admin/repl-set-reconfig.ts";
import { serverStatus } from "./admin/server-status.ts";
import { setParameter } from "./admin/set-parameter.ts";
import { whatsmyuri } from "./admin/whatsmyuri.ts";
import type { Command } from "./command.ts";
import { getMore } from "./cursors/get-more.ts";
import { killCursors } from "./cursors/kill-cursors.ts";
import { abortTransaction } from "./sessions/abort-transaction.ts";
import { commitTransaction } from "./sessions/commit-transaction.ts";
import { endSessions, killSessions, refreshSessions } from "./sessions/end-sessions.ts";
import { killAllSessions } from "./sessions/kill-all-sessions.ts";
import { startSession } from "./sessions/start-session.ts";
import { authenticate } from "./users/authenticate.ts";
import { grantRolesToUser, revokeRolesFromUser } from "./users/change-roles.ts";
import { createUser } from "./users/create-user.ts";
import { dropAllUsersFromDatabase } from "./users/drop-all-users.ts";
import { dropUser } from "./users/drop-user.ts";
import { logout } from "./users/logout.ts";
import { rolesInfo } from "./users/roles-info.ts";
import { saslContinue } from "./users/sasl-continue.ts";
import { saslStart } from "./users/sasl-start.ts";
import { updateUser } from "./users/update-user.ts";
import { usersInfo } from "./users/users-info.ts";

/** Commands on the server itself: handshake, logins, users, sessions, cursors, replica set, diagnostics. A new one is a file and a line here. */
export const serverCommands: readonly Command[] = [
  abortTransaction,
  buildInfo,
  commitTransaction,
  configureFailPoint,
  connectionStatus,
  createUser,
  currentOp,
  dropAllUsersFromDatabase,
  dropUser,
  drydockCopyTo,
  endSessions,
  features,
  fsync,
  fsyncUnlock,
  getCmdLineOpts,
  getLog,
  getMore,
  getParameter,
  grantRolesToUser,
  hello,
  hostInfo,
  killCursors,
  killOp,
  killSessions,
  listCommands,
  logout,
  ping,
  refreshSessions,
  replSetGetConfig,
  replSetGetStatus,
  replSetInitiate,
  replSetReconfig,
  revokeRolesFromUser,
  rolesInfo,
  saslContinue,
  authenticate,
  saslStart,
  serverStatus,
  setParameter,
  startSession,
  updateUser,
  usersInfo,
  whatsmyuri,
  killAllSessions,
  profile,
  getDefaultRWConcern,
];
