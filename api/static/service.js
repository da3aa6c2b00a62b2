// Talking to the service: requests, problems in Vietnamese, and following an intake until it ends.

import { personHeader } from "./person.js";

/** A problem that the service told of; `message` is its Vietnamese sentence. */
export class Problem extends Error {
  constructor(body) {
    super(body.detail);
    this.code = body.code;
    this.status = body.status;
    this.retryable = body.retryable;
  }
}

const UNREACHABLE = {
  code: "unreachable",
  status: 0,
  retryable: true,
  detail: "Không kết nối được máy chủ. Hãy kiểm tra mạng rồi thử lại.",
};

/** Make a Problem of whatever came back. */
export function problemOf(status, text) {
  try {
    const body = JSON.parse(text);
    if (body.detail) return new Problem(body);
  } catch {
    // not a problem document: said below
  }
  if (!status) return new Problem(UNREACHABLE);
  return new Problem({ code: "unexpected", status, retryable: status >= 500, detail: `Máy chủ trả lời không như mong đợi (mã ${status}). Hãy thử lại.` });
}

/** A JSON request; throws a Problem. */
export async function ask(address, options = {}) {
  let reply;
  try {
    reply = await fetch(address, { ...options, headers: { Accept: "application/json", ...personHeader(), ...options.headers } });
  } catch {
    throw new Problem(UNREACHABLE);
  }
  if (!reply.ok) throw problemOf(reply.status, await reply.text());
  return { body: await reply.json(), etag: reply.headers.get("etag") };
}

/** A JSON body for `ask`. */
export function sending(method, value, headers = {}) {
  return { method, body: JSON.stringify(value), headers: { "Content-Type": "application/json", ...headers } };
}

const ENDED = new Set(["attached", "failed", "closed"]);
const WAITS = [500, 700, 1000, 1500, 2000];

/**
 * Follow an intake until it ends: server-sent events, or plain polling where they do not come through.
 * `show(intake)` is called with each new state. Returns a function that stops following.
 */
export function follow(id, show) {
  let stopped = false;
  let source = null;
  const stop = () => {
    stopped = true;
    source?.close();
  };
  const take = (intake) => {
    if (stopped) return;
    show(intake);
    if (ENDED.has(intake.state)) stop();
  };
  const poll = async (round = 0) => {
    if (stopped) return;
    try {
      take((await ask(`/api/v1/intakes/${id}`)).body);
    } catch (problem) {
      if (!problem.retryable) return stop();
    }
    setTimeout(poll, WAITS[Math.min(round, WAITS.length - 1)], round + 1);
  };
  if (!("EventSource" in window)) {
    poll();
    return stop;
  }
  source = new EventSource(`/api/v1/intakes/${id}/events`);
  for (const kind of ["progress", "done"]) {
    source.addEventListener(kind, (event) => take(JSON.parse(event.data)));
  }
  let errors = 0;
  source.addEventListener("error", () => {
    if (stopped) return;
    errors += 1;
    if (source.readyState === EventSource.CLOSED || errors >= 3) {
      source.close();
      poll();
    }
  });
  return stop;
}
