// One file that is being sent: its bytes on the way, its pages as they are read, what came of it.
import { draw, make, percent, sizeText } from "./elements.js";
import { personHeader } from "./person.js";
import { ask, follow, problemOf, sending } from "./service.js";

const STATES = {
  sending: ["Đang gửi", "busy"],
  received: ["Đang chờ đọc", "busy"],
  working: ["Đang đọc", "busy"],
  attached: ["Đã đọc xong", "ok"],
  failed: ["Không đọc được", "bad"],
  closed: ["Đã đóng", ""],
  refused: ["Không nhận", "bad"],
};
const MOST_TILES = 60;

/** A list entry for `entry.file`; `send()` starts it and resolves once the service has answered. */
export function sentFile(entry, dossier, values) {
  const { file } = entry;
  const chip = make("span", { class: "chip busy", role: "status" }, "Chờ gửi");
  const said = make("p", { class: "soft small" }, sizeText(file.size));
  const body = make("div", { class: "body" });
  const element = make(
    "li",
    { class: "card" },
    entry.picture,
    make("div", { class: "what" }, make("p", { class: "name" }, file.name), said),
    make("div", { class: "state" }, chip),
    body,
  );

  const state = (name) => {
    const [words, look] = STATES[name];
    chip.textContent = words;
    chip.className = `chip ${look}`;
    element.dataset.state = name;
    element.dispatchEvent(new Event("sohoa:state", { bubbles: true }));
  };

  const fail = (name, problem, again) => {
    state(name);
    body.replaceChildren(
      make(
        "div",
        { class: "note bad" },
        make("p", {}, problem.detail ?? problem.message),
        again ? make("p", {}, make("button", { class: "btn slim", type: "button", onclick: again.act }, again.words)) : null,
      ),
    );
  };

  const watch = (intake) => {
    const show = (now) => {
      state(now.state);
      if (now.state === "failed") {
        const retry = async () => {
          try {
            await ask(`/api/v1/intakes/${now.id}/retry`, sending("POST", {}));
            watch(now);
          } catch (problem) {
            fail("failed", problem);
          }
        };
        fail("failed", now.problem, now.problem.retryable ? { words: "Đọc lại", act: retry } : null);
      } else if (now.state === "attached") {
        said.textContent = `${sizeText(file.size)} · ${now.pages_total} trang`;
        body.replaceChildren(found(now));
      } else {
        said.textContent = now.pages_total ? `Đã đọc ${now.pages_done}/${now.pages_total} trang` : sizeText(file.size);
        body.replaceChildren(tiles(now));
      }
    };
    follow(intake.id, show);
  };

  const send = () =>
    new Promise((resolve) => {
      state("sending");
      const bar = meter();
      body.replaceChildren(bar.element);
      const form = new FormData();
      for (const [name, value] of Object.entries(values)) form.append(name, value);
      form.append("files", file, file.name);
      const request = new XMLHttpRequest();
      request.open("POST", `/api/v1/dossiers/${encodeURIComponent(dossier)}/scans`);
      request.setRequestHeader("Accept", "application/json");
      for (const [name, value] of Object.entries(personHeader())) request.setRequestHeader(name, value);
      request.upload.addEventListener("progress", (event) => event.lengthComputable && bar.set(event.loaded / event.total));
      request.addEventListener("loadend", () => {
        resolve();
        if (request.status !== 200 && request.status !== 202) {
          const problem = problemOf(request.status, request.responseText);
          fail("refused", problem, problem.retryable ? { words: "Gửi lại", act: send } : null);
          return;
        }
        const answer = JSON.parse(request.responseText).files[0];
        if (answer.problem && !answer.id) return fail("refused", answer.problem);
        if (answer.duplicate) {
          element.querySelector(".what").append(make("p", { class: "small hint" }, "Tệp này đã được gửi vào hồ sơ từ trước, không lưu thêm bản thứ hai."));
        }
        state(answer.state);
        watch(answer);
      });
      request.send(form);
    });

  return { element, send };
}

function meter() {
  const rect = draw("rect", { width: "0", height: "8" });
  const element = make(
    "div",
    { class: "meter", role: "progressbar", "aria-label": "Đã gửi", "aria-valuemin": "0", "aria-valuemax": "100", "aria-valuenow": "0" },
    draw("svg", { viewBox: "0 0 100 8", preserveAspectRatio: "none", "aria-hidden": "true" }, rect),
  );
  return {
    element,
    set: (share) => {
      const whole = Math.round(share * 100);
      rect.setAttribute("width", String(whole));
      element.setAttribute("aria-valuenow", String(whole));
    },
  };
}

function tiles(intake) {
  const total = intake.pages_total ?? 0;
  const label = total ? `Đã đọc ${intake.pages_done} trên ${total} trang` : "Đang chờ";
  const shown = Math.min(total, MOST_TILES);
  return make(
    "ul",
    { class: "tiles", "aria-label": label },
    Array.from({ length: shown }, (_, index) => {
      const number = index + 1;
      const look = number <= intake.pages_done ? "read" : number === intake.pages_done + 1 ? "now" : "";
      return make("li", { class: look, "aria-hidden": "true" }, String(number));
    }),
    total > shown ? make("li", { "aria-hidden": "true" }, `… ${total}`) : null,
  );
}

function found(intake) {
  return make(
    "div",
    { class: "found" },
    intake.refused_pages.length
      ? make("p", { class: "note bad" }, `Trang bị hỏng, không lấy được hình: ${intake.refused_pages.join(", ")}. Hãy quét lại các trang này.`)
      : null,
    intake.documents.map((document) =>
      make(
        "a",
        { class: "found-one", href: `/giay-to/${document.id}` },
        make(
          "span",
          { class: "pages" },
          Array.from({ length: Math.min(document.pages, 4) }, (_, index) =>
            make("img", { class: "thumb", src: `/api/v1/documents/${document.id}/pages/${index + 1}/image?max_side=200`, alt: `Trang ${index + 1}`, loading: "lazy" }),
          ),
        ),
        make(
          "span",
          { class: "says" },
          make("span", {}, make("span", { class: "title" }, document.type.label), make("span", { class: "soft small" }, ` · ${document.pages} trang${document.type.code === "khac" ? "" : ` · chắc ${percent(document.type.confidence)}`}`)),
          make("span", {}, make("span", { class: `chip ${document.state === "to_check" ? "doubt" : "ok"}` }, document.state === "to_check" ? "Cần kiểm tra" : "Đạt")),
          document.reasons.length ? make("span", { class: "small soft" }, document.reasons.map((reason) => reason.vietnamese).join(" ")) : null,
        ),
      ),
    ),
  );
}
