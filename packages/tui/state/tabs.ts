/** A view of the screen. */
export type TabId = "services" | "data" | "requests" | "edits" | "certificates";

/** The views in the order of the strip; each has its number as its key. */
export const tabs: readonly { readonly id: TabId; readonly title: string; readonly short: string }[] = [
  { id: "services", title: "Services", short: "Svc" },
  { id: "data", title: "Data", short: "Data" },
  { id: "requests", title: "Requests", short: "Req" },
  { id: "edits", title: "Edits", short: "Edits" },
  { id: "certificates", title: "Certificates", short: "Cert" },
];
