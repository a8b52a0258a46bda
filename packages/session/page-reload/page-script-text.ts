/**
 * The script in the pages of the front: it loads its page again when the version is another one than the page began with. It leaves no trace in the document, so
 * that a framework which takes over the page finds it as it was sent, and it goes quiet while the page is kept for going back.
 */
export const pageScriptText = (version: string): string => `(() => {
  document.currentScript?.remove();
  const shown = ${JSON.stringify(version)};
  const shortest = 50;
  const longest = 2000;
  let pause = shortest;
  let timer;
  let events;
  const listen = () => {
    events = new EventSource("/.drydock/events");
    events.onopen = () => {
      pause = shortest;
    };
    events.onmessage = ({ data }) => {
      if (data === shown) return;
      rest();
      location.reload();
    };
    events.onerror = () => {
      events.close();
      timer = setTimeout(listen, pause);
      pause = Math.min(pause * 2, longest);
    };
  };
  const rest = () => {
    clearTimeout(timer);
    events.close();
  };
  addEventListener("pagehide", rest);
  addEventListener("pageshow", ({ persisted }) => persisted && listen());
  listen();
})();
`;
