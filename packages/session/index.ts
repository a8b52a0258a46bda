export type { ContainerEvent } from "@drydock/devcontainer";
export { examineCertificates } from "./certs/examine-certificates.ts";
export { type IssuedCertificate, issueCertificate } from "./certs/issue-certificate.ts";
export { type ListedCertificate, listCertificates } from "./certs/list-certificates.ts";
export { awaitedPassphrase, passphraseOf, readPassphrase } from "./certs/passphrase.ts";
export { isKeyProtected, protectAuthority } from "./certs/protect-authority.ts";
export { renewCertificate } from "./certs/renew-certificate.ts";
export { carryOutTrust, planTrusting, type TrustOutcome, type TrustPlan } from "./certs/trust-authority.ts";
export { type ClientProgram, connect, connectOrStart, endForeignSupervisor, supervisorEnd } from "./connect.ts";
export type { BackupAct, BackupActs, RestoreChange } from "./data/backup/request.ts";
export type {
  BranchOverview,
  DatabaseOverview,
  DataOverview,
  DatasetOverview,
} from "./data/data-overview.ts";
export { seedsFolder } from "./data/seed/dataset-files.ts";
export { describeSeed } from "./data/seed/describe-seed.ts";
export { runSeedThread } from "./data/seed/run-seed-thread.ts";
export type { SnapshotDifference } from "./data/snapshot/difference.ts";
export { listSnapshots } from "./data/snapshot/list.ts";
export type { SnapshotAct, SnapshotActs } from "./data/snapshot/request.ts";
export { openTestDatabases, type TestDatabases } from "./data/test/open-test-databases.ts";
export { type LaunchConfiguration, launchConfigurations, writeLaunchFile } from "./debug/launch-file.ts";
export type { DebugTarget } from "./debug/request.ts";
export { type ContainerEnd, containerDown, containerStop } from "./dev-container/container-down.ts";
export { containerExec } from "./dev-container/container-exec.ts";
export { type ContainerUpResult, containerUp } from "./dev-container/container-up.ts";
export type { ForwarderBeginning, ForwarderRequest } from "./dev-container/forwarder/protocol.ts";
export { runForwarder } from "./dev-container/forwarder/run-forwarder.ts";
export type { ContainerSource } from "./dev-container/place.ts";
export type { PortReport } from "./dev-container/port-report.ts";
export { type ContainerPorts, containerPorts } from "./dev-container/ports.ts";
export { type WrittenContainer, writeContainerFor } from "./dev-container/write-for-stack.ts";
export { examine } from "./doctor/examine.ts";
export type { Finding } from "./doctor/finding.ts";
export { noSuchService, nothingRuns } from "./errors.ts";
export { findRunningFolder } from "./find-project.ts";
export { checkProxy, nginxVersion, type ProxyFinding } from "./front/check-proxy.ts";
export type { EdgeOverview, RouteOverview } from "./front/edge-overview.ts";
export { renderProxy } from "./front/render-proxy.ts";
export { hostsFilePath } from "./hosts/hosts-file.ts";
export { carryOutHosts, type HostsPlan, planHosts } from "./hosts/project-hosts.ts";
export { loadProject } from "./load-project.ts";
export { loadModel, stackServices } from "./load-stack.ts";
export { lookAtLogs, lookAtStatus } from "./look.ts";
export { compareFile } from "./parity/compare-file.ts";
export { compareUrl } from "./parity/compare-url.ts";
export { nothingToCompare } from "./parity/errors.ts";
export type { ParityReport } from "./parity/parity-report.ts";
export { serveMongo } from "./serve/serve-mongo.ts";
export { type ServedProxy, serveNginx } from "./serve/serve-nginx.ts";
export { serveRedis } from "./serve/serve-redis.ts";
export type { Served, ServeRequest } from "./serve/served.ts";
export { type ServiceSummaryState, serviceState } from "./service-state.ts";
export { stateFolderAt } from "./state-folder.ts";
export { type Beginning, supervise } from "./supervise.ts";
export type {
  BackupCall,
  CertificateRenewal,
  DownRequest,
  DownResult,
  ExecQuery,
  FollowRequest,
  LogQuery,
  SeedRequest,
  ServiceStatus,
  ServicesRequest,
  SnapshotCall,
  StackSource,
  Status,
  Supervisor,
  UpRequest,
  UpResult,
} from "./supervisor.ts";
export { askKeeper } from "./test-servers/ask-keeper.ts";
export { openDatabaseKeeper } from "./test-servers/database-keeper.ts";
export type { TestDatabasesOptions } from "./test-servers/database-plan.ts";
export type { LoneServer } from "./test-servers/lone-server.ts";
export { type OwnDatabases, testDatabases } from "./test-servers/own-databases.ts";
export { runServerThread } from "./test-servers/run-server-thread.ts";
export { type MongoServerOptions, startMongo } from "./test-servers/start-mongo.ts";
export { type RedisServerOptions, startRedis } from "./test-servers/start-redis.ts";
export { type WaitGoal, waitFor, waitGoals } from "./wait-for.ts";
