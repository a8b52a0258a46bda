/** The labels that Compose puts on what it makes (docker/compose, pkg/api/labels.go); ours is the same text, so both tools agree. */
export const projectLabel = "com.docker.compose.project";
export const serviceLabel = "com.docker.compose.service";
export const numberLabel = "com.docker.compose.container-number";
export const oneOffLabel = "com.docker.compose.oneoff";
export const directoryLabel = "com.docker.compose.project.working_dir";
/** On a container that is to take the place of another, until it is renamed. */
export const replaceLabel = "com.docker.compose.replace";
/** On a container that reaches volumes for a moment, and belongs to no service: the project's name. */
export const helperLabel = "dev.drydock.helper";
/** On the container that serves a project's front, and belongs to no service: the project's name. */
export const frontLabel = "dev.drydock.front";
/** On the volume of a project's snapshots. */
export const dataLabel = "dev.drydock.data";
