import type { Environment, Service } from "@drydock/core";

/** Where containers find the authority's certificate, as a file `authority.pem`. */
const trustTarget = "/usr/local/share/drydock";

/** What containers need to reach and to trust a front. */
export interface ContainerAccess {
  /** The front's host names. */
  readonly names: readonly string[];
  /** A folder of this machine with the authority's certificate. */
  readonly trustFolder: string;
  /** Where the generated Compose file lies. */
  readonly file: string;
}

// Docker's own word for the machine that the engine runs on, as containers reach it (docs.docker.com/reference/cli/docker/container/run, --add-host).
const thisMachine = "host-gateway";

/** An environment whose containers can, and the Compose file, after its own ones, that makes them so. Pure. */
export function withContainerAccess(
  environment: Environment,
  access: ContainerAccess,
): { readonly environment: Environment; readonly text: string } {
  const additions = new Map(
    environment.services.filter(hasOwnHosts).map((service) => [service.name, additionTo(service, access)] as const),
  );
  const services = environment.services.map((service) => {
    const addition = additions.get(service.name);
    // A service that is made of something else is another one: the next `up` makes it anew.
    return addition ? { ...service, definition: { ...service.definition, "x-front": addition } } : service;
  });
  const body = JSON.stringify({ services: Object.fromEntries(additions) }, null, 2);
  const text = `# Generated: containers reach the stack's own https addresses (front.containers of dev.config.ts).\n${body}\n`;
  return { environment: { ...environment, services, files: [...environment.files, access.file] }, text };
}

/** One that shares another's network has that one's hosts file, and may have no lines of its own. */
function hasOwnHosts({ definition }: Service): boolean {
  return !/^(?:none$|service:|container:)/.test(String(definition.network_mode ?? ""));
}

function additionTo({ environment }: Service, { names, trustFolder }: ContainerAccess) {
  return {
    extra_hosts: names.map((name) => `${name}=${thisMachine}`),
    volumes: [{ type: "bind", source: trustFolder, target: trustTarget, read_only: true }],
    // The whole store, as SSL_CERT_FILE would be, is the image's own business.
    environment:
      environment.NODE_EXTRA_CA_CERTS === undefined ? { NODE_EXTRA_CA_CERTS: `${trustTarget}/authority.pem` } : {},
  };
}
