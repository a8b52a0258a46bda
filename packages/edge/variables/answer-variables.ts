import type { Attempt } from "../attempt.ts";
import type { Exchange } from "../exchange.ts";
import type { Variable, Variables } from "./variable.ts";

/** What the answer came to, and what upstreams had to do with it (ngx_http_upstream_module, "Embedded Variables"). */
export const answerVariables: Variables = {
  status: ({ status, response }) => String(status || response.statusCode).padStart(3, "0"),
  body_bytes_sent: ({ bodyBytes }) => String(bodyBytes),
  bytes_sent: ({ bodyBytes, sentHeaders }) =>
    String(bodyBytes + sentHeaders.reduce((total, word) => total + word.length + 2, 0)),
  request_completion: ({ response }) => (response.writableEnded ? "OK" : ""),
  gzip_ratio: ({ gzipRatio }) => gzipRatio?.toFixed(2),
  upstream_addr: each(({ address }) => address),
  upstream_status: each(({ status }) => (status === undefined ? undefined : String(status))),
  upstream_connect_time: each(({ startedAt, connectedAt }) => seconds(startedAt, connectedAt)),
  upstream_header_time: each(({ startedAt, headAt }) => seconds(startedAt, headAt)),
  upstream_response_time: each(({ startedAt, endedAt }) => seconds(startedAt, endedAt ?? performance.now())),
  upstream_response_length: each(({ bytesReceived }) => String(bytesReceived)),
  upstream_bytes_received: each(({ bytesReceived }) => String(bytesReceived)),
  upstream_bytes_sent: each(({ bytesSent }) => String(bytesSent)),
};

/** The values of all tries: after a comma where they belong to one upstream, after a colon behind an internal redirect. */
function each(value: (attempt: Attempt) => string | undefined): Variable {
  return ({ attempts }: Exchange) => {
    if (attempts.length === 0) return undefined;
    return attempts.reduce((text, attempt, index) => {
      const separator = index === 0 ? "" : attempt.isFirst ? " : " : ", ";
      return `${text}${separator}${value(attempt) ?? "-"}`;
    }, "");
  };
}

function seconds(from: number, to: number | undefined): string | undefined {
  return to === undefined ? undefined : ((to - from) / 1000).toFixed(3);
}
