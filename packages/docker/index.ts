export { createDockerEngine } from "./docker-engine.ts";
export {
  cliVariables,
  type DockerAbsence,
  type DockerHost,
  type DockerTls,
  type FoundDocker,
  isFound,
  type TriedHost,
} from "./docker-host.ts";
export type { DockerOptions } from "./docker-options.ts";
export {
  type ContainerRecord,
  createMemoryState,
  type DockerState,
  type DockerStateData,
  emptyDockerState,
} from "./docker-state.ts";
export { type FindDockerOptions, findDocker } from "./find-docker.ts";
export { findOutsideView, type OutsideView } from "./find-outside-view.ts";
export { findForeignCheckout } from "./foreign-checkout.ts";
export { frontLabel } from "./labels.ts";
export { createMemoryCursors, type LogCursors } from "./log-cursors.ts";
export { firstImage, ownVolumeName, removeOwnVolume } from "./own-volume.ts";
export {
  type ContainerMounts,
  containerMounts,
  type HelperMount,
  type HelperRequest,
  hasVolume,
  openVolumeHelper,
  serveVolume,
  type VolumeHelper,
  type VolumeServerRequest,
} from "./volume-helper.ts";
export { type WorkingFolder, workingFolders } from "./working-folders.ts";
