import { type Environment, type Service, serverOfImage } from "@drydock/core";

/** An image with an nginx for the front. */
export interface WantedImage {
  readonly image: string;
  /** The Compose file names it: it is production's very version. */
  readonly isOfStack: boolean;
  /** It is fetched where it is not there: the stack needs it all the same, and lets it be pulled. */
  readonly mayBePulled: boolean;
}

const usual = "nginx:1.30";

/** The image of the stack's own nginx, one that is published before others; where it has none, a usual one. Pure. */
export function wantedImage({ services }: Pick<Environment, "services">): WantedImage {
  const own = services.filter(isNginx);
  const { image, build, definition } = own.find(({ ports }) => ports.length > 0) ?? own[0] ?? {};
  if (image === undefined) return { image: usual, isOfStack: false, mayBePulled: false };
  return { image, isOfStack: true, mayBePulled: build === undefined && definition?.pull_policy !== "never" };
}

const isNginx = ({ image }: Service): boolean => image !== undefined && serverOfImage(image) === "nginx";
