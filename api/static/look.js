// The look at each chosen file before it is sent: thumbnails, and which page should be scanned again and why.
import { make } from "./elements.js";
import { ask } from "./service.js";

const MOST_BYTES = 60 * 1024 * 1024;
let line = Promise.resolve();

/**
 * Look at a file, one after another. `entry.look` becomes `{ state, pages, faults, element, stop }`;
 * `changed()` is called whenever it does. State: `waiting`, `good`, `faulty`, `unseen`.
 */
export function look(entry, changed) {
  const stopping = new AbortController();
  const element = make("div", { class: "look", role: "status" }, make("span", { class: "soft small" }, "Đang xem chất lượng ảnh…"));
  entry.look = { state: "waiting", pages: 0, faults: 0, element, stop: () => stopping.abort() };
  line = line.then(async () => {
    if (stopping.signal.aborted) return;
    if (entry.file.size > MOST_BYTES) return settle(entry, "unseen", make("span", { class: "soft small" }, "Tệp lớn: chất lượng ảnh chưa được xem trước."));
    const form = new FormData();
    form.append("file", entry.file, entry.file.name);
    try {
      const { body } = await ask("/api/v1/inspections", { method: "POST", body: form, signal: stopping.signal });
      show(entry, body);
    } catch (problem) {
      if (stopping.signal.aborted) return;
      const senders = problem.status >= 400 && problem.status < 500;
      settle(entry, senders ? "faulty" : "unseen", make("p", { class: `note small ${senders ? "bad" : ""}` }, problem.message));
      entry.look.faults = senders ? 1 : 0;
    }
    changed();
  });
}

function settle(entry, state, ...shown) {
  entry.look.state = state;
  entry.look.element.replaceChildren(...shown);
}

function show(entry, body) {
  const faulty = body.pages.filter((page) => page.faults.length);
  entry.look.pages = body.pages_total;
  entry.look.faults = faulty.length;
  const unseen = body.pages_total - body.pages.length;
  settle(
    entry,
    faulty.length ? "faulty" : "good",
    make(
      "ol",
      { class: "pages-row", "aria-label": `${body.pages_total} trang` },
      body.pages.map((page) =>
        make("li", { class: page.faults.length ? "bad" : null }, picture(page, `Trang ${page.number}`), make("span", { class: "small" }, String(page.number))),
      ),
    ),
    ...faulty.map((page) =>
      make("figure", { class: "fault note bad" }, picture(page, ""), make("figcaption", {}, page.faults.map((fault) => make("p", {}, fault.vietnamese)))),
    ),
    unseen ? make("p", { class: "soft small" }, `Còn ${unseen} trang chưa được xem trước.`) : "",
  );
}

function picture(page, alt) {
  if (!page.picture) return make("span", { class: "pic", "aria-hidden": "true" }, "?");
  const bytes = Uint8Array.from(atob(page.picture), (letter) => letter.charCodeAt(0));
  const address = URL.createObjectURL(new Blob([bytes], { type: "image/jpeg" }));
  return make("img", { src: address, alt, onload: () => URL.revokeObjectURL(address) });
}

/** What to say of all files together, given how many pages the clerk holds in hand (0: not said). */
export function verdict(entries, declared) {
  const looks = entries.map((entry) => entry.look);
  const said = [];
  const faults = looks.reduce((sum, one) => sum + one.faults, 0);
  if (faults) said.push(`${faults} trang hoặc tệp nên quét lại trước khi gửi.`);
  if (declared && looks.length && looks.every((one) => one.pages)) {
    const pages = looks.reduce((sum, one) => sum + one.pages, 0);
    if (pages < declared) said.push(`Thiếu ${declared - pages} trang: trên tay có ${declared} trang, tệp quét có ${pages} trang.`);
    else if (pages > declared) said.push(`Thừa ${pages - declared} trang: trên tay có ${declared} trang, tệp quét có ${pages} trang.`);
    else said.push(`Đủ ${pages} trang.`);
  }
  return said.join(" ");
}
