/** A notice and what to do about it, as sentences on one line. */
export function noticeText({ message, hint }: { readonly message: string; readonly hint?: string }): string {
  if (!hint) return message;
  return /[.!?:]$/.test(message) ? `${message} ${hint}` : `${message}. ${hint}`;
}
