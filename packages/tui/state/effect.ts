/** What the state asks of the world. */
export type Effect =
  | { readonly kind: "restart" | "stop" | "start"; readonly service: string }
  | { readonly kind: "debug"; readonly service: string }
  | { readonly kind: "open"; readonly service: string; readonly url: string }
  | { readonly kind: "shell"; readonly service: string; readonly number: number }
  | { readonly kind: "explain"; readonly service: string; readonly number: number }
  | { readonly kind: "read-older"; readonly services: readonly string[] }
  | { readonly kind: "read-urls" }
  | { readonly kind: "read-data" }
  | { readonly kind: "read-backups" }
  | { readonly kind: "read-edge" }
  | DataEffect
  | { readonly kind: "cancel-data" }
  | { readonly kind: "renew" }
  | { readonly kind: "plain" }
  | { readonly kind: "leave"; readonly reason: "detach" | "stop" | "kill" | "supervisor-ended" };

/** Work on the data; `label` says it as one does while it is under way: `restoring demo-1`. */
export type DataEffect = { readonly label: string } & (
  | { readonly kind: "seed"; readonly dataset: string; readonly reset: boolean }
  | { readonly kind: "save"; readonly name: string | undefined }
  | { readonly kind: "restore"; readonly name: string }
  | { readonly kind: "remove"; readonly name: string }
  | { readonly kind: "switch-branch"; readonly name: string }
  | { readonly kind: "prune" }
  | { readonly kind: "back-up" }
  | { readonly kind: "verify"; readonly name: string }
  | { readonly kind: "restore-backup"; readonly name: string }
);
