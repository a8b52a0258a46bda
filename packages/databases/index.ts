export type { HostPort, ProbeAnswer } from "./address.ts";
export { initiateReplicaSet } from "./mongo/initiate-replica-set.ts";
export { type MongoAnswer, probeMongo } from "./mongo/probe.ts";
export { probeRedis } from "./redis/probe.ts";
