export type { HostPort, ProbeAnswer } from "./address.ts";
export { backupEmpty, backupUnusable, noSuchBackup } from "./backup/errors.ts";
export { decideKeep, type KeepDecision, type KeepRules } from "./backup/keep.ts";
export { type LiveCount, liveCounts } from "./backup/live-counts.ts";
export {
  type BackedUpDatabase,
  type BackupLayout,
  type BackupManifest,
  countOf,
  type ListedBackup,
  type VerifyRecord,
} from "./backup/manifest.ts";
export { emptyMongo, syncMongo } from "./backup/mongo/empty-mongo.ts";
export type { BackupProgress, BackupSource } from "./backup/part-writer.ts";
export { decryptWith } from "./backup/parts/encryption.ts";
export type { PartSource } from "./backup/parts/read-part.ts";
export { compareWithBackup, type LoadOrder, loadBackup, tryKey } from "./backup/read-backup.ts";
export { openForeignDump } from "./backup/read-foreign-dump.ts";
export { type BackupStore, backupId } from "./backup/store/backup-store.ts";
export { folderStore } from "./backup/store/folder-store.ts";
export { s3Store } from "./backup/store/s3-store.ts";
export { writeBackup } from "./backup/write-backup.ts";
export type { MeasuredDatabase } from "./measured-database.ts";
export { initiateReplicaSet } from "./mongo/initiate-replica-set.ts";
export { lookForMarks } from "./mongo/look-for-marks.ts";
export { measureMongo } from "./mongo/measure-mongo.ts";
export { type MemberState, memberState } from "./mongo/member-state.ts";
export { type MongoAnswer, probeMongo } from "./mongo/probe.ts";
export { probeUntilReady } from "./probe-until-ready.ts";
export { measureRedis } from "./redis/measure-redis.ts";
export { probeRedis } from "./redis/probe.ts";
export { shortestSeededTtl } from "./redis/shortest-seeded-ttl.ts";
export { foreignData } from "./seed/foreign-data.ts";
export { inferDataset } from "./seed/infer/infer-dataset.ts";
export type { InferOptions } from "./seed/infer/infer-options.ts";
export type { AfterContext } from "./seed/language/after.ts";
export { type Amount, amounts, around, between, exactly } from "./seed/language/amounts.ts";
export {
  type CollectionDefinition,
  type Dataset,
  type DatasetExtras,
  dataset,
  type IndexDefinition,
  perEach,
  type RedisEntry,
} from "./seed/language/dataset.ts";
export { type DateWindow, dateAfter, dateIn } from "./seed/language/dates.ts";
export type { DocumentContext } from "./seed/language/document-context.ts";
export { faker } from "./seed/language/faker.ts";
export { type Id, id, newId, type Ref } from "./seed/language/id.ts";
export { prose } from "./seed/language/prose.ts";
export { type RedisValue, redis } from "./seed/language/redis-values.ts";
export { one, ref, refs } from "./seed/language/ref.ts";
export { evenly, recent, type Spread, skewed } from "./seed/language/spreads.ts";
export { type Life, stateMachine } from "./seed/language/state-machine.ts";
export { unique, uniqueNumber } from "./seed/language/unique.ts";
export { type BsonValue, bson } from "./seed/language/values.ts";
export { seedDatabases } from "./seed/seed-databases.ts";
export type { SeedOrder, SeedOutcome, SeedProgress } from "./seed/seed-order.ts";
export type { SeedStep } from "./seed/write/plan-seed.ts";
export { serveSeedWorker } from "./seed/write/serve-seed-worker.ts";
export type { SeedThread } from "./seed/write/worker-pool.ts";
export type { LoadedDataset, SeedPort, SeedTargets } from "./seed/write/worker-protocol.ts";
export { type CaptureSource, type CaptureStep, capture } from "./snapshot/capture.ts";
export { compareMongo } from "./snapshot/compare/compare-mongo.ts";
export { compareRedis } from "./snapshot/compare/compare-redis.ts";
export type { DifferenceSample, GroupDifference } from "./snapshot/compare/difference.ts";
export { type DataFiles, localFiles } from "./snapshot/data-files.ts";
export {
  readSnapshots,
  removeManifest,
  type SnapshotManifest,
  type SnapshotPart,
  type SnapshotSeed,
  writeManifest,
} from "./snapshot/manifest.ts";
export { unlockMongo } from "./snapshot/mongo-lock.ts";
export { type Move, moveAll, undoMoves } from "./snapshot/moves.ts";
export { addAppendOnly } from "./snapshot/redis-folder.ts";
export { type AppendOnly, appendOnlyOf, saveRedis } from "./snapshot/save-redis.ts";
