// What speaks to an authority, with the libraries that this takes: loaded when one is spoken to, as the front's own certificate needs none of it.
export { orderCertificate } from "./order-certificate.ts";
export { renewalWindow } from "./renewal-window.ts";
export { requireAgreement } from "./terms.ts";
export { overRoad } from "./transport.ts";
