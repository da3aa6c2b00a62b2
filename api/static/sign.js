// The queue of results: choose, sign in one go, refuse with a reason.
import { ask, sending } from "./service.js";

const form = document.getElementById("signing");

if (form) {
  const cards = [...form.querySelectorAll(".queue")];
  const all = document.getElementById("all");
  const go = document.getElementById("go");
  const key = document.getElementById("key");
  const pin = document.getElementById("pin");
  const said = document.getElementById("said");
  const dialog = document.getElementById("refuse-dialog");
  const why = document.getElementById("why");
  let refusing = null;
  let busy = false;

  const boxOf = (card) => card.querySelector(".pick");
  const open = () => cards.filter((card) => !boxOf(card).disabled);
  const picked = () => open().filter((card) => boxOf(card).checked);

  const show = () => {
    const count = picked().length;
    for (const card of cards) card.classList.toggle("picked", boxOf(card).checked && !boxOf(card).disabled);
    all.checked = count > 0 && count === open().length;
    all.indeterminate = count > 0 && count < open().length;
    if (!go) return;
    const needsPin = key.selectedOptions[0].dataset.pin === "yes";
    document.getElementById("pin-place").hidden = !needsPin;
    go.textContent = count ? `Ký ${count} kết quả` : "Ký";
    go.disabled = busy || !count || (needsPin && !pin.value);
  };

  const tell = (element, words, good) => {
    element.textContent = words;
    element.classList.toggle("good", good === true);
    element.classList.toggle("bad", good === false);
  };

  const finish = (card, words) => {
    boxOf(card).checked = false;
    boxOf(card).disabled = true;
    card.querySelector("[data-refuse]").disabled = true;
    card.classList.add("done");
    tell(card.querySelector(".outcome"), words, true);
  };

  const take = (card, outcome) => {
    if (outcome.signed) {
      finish(card, outcome.result.state === "signed" ? "Đã ký, đã phát hành." : "Đã ký, chuyển người ký tiếp theo.");
      return;
    }
    tell(card.querySelector(".outcome"), outcome.problem.detail, false);
  };

  form.addEventListener("change", (event) => {
    if (event.target === all) for (const card of open()) boxOf(card).checked = all.checked;
    show();
  });
  pin?.addEventListener("input", show);

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const chosen = picked();
    if (!go || go.disabled || !chosen.length) return;
    busy = true;
    show();
    tell(said, `Đang ký ${chosen.length} kết quả…`);
    const results = chosen.map((card) => ({ id: card.dataset.id, version: Number(card.dataset.version) }));
    const secret = pin.value;
    pin.value = ""; // given once, with this request
    try {
      const { body } = await ask("/api/v1/results/sign", sending("POST", { key: key.value, pin: secret, results }));
      body.results.forEach((outcome, at) => take(chosen[at], outcome));
      tell(said, `Đã ký ${body.signed}/${chosen.length} kết quả.`, body.signed === chosen.length);
    } catch (problem) {
      tell(said, problem.message, false);
    }
    busy = false;
    show();
  });

  for (const card of cards) {
    card.querySelector("[data-refuse]").addEventListener("click", () => {
      refusing = card;
      why.value = "";
      dialog.returnValue = "";
      dialog.showModal();
    });
  }
  dialog.addEventListener("close", async () => {
    if (dialog.returnValue !== "refuse" || !refusing) return;
    const card = refusing;
    const body = { version: Number(card.dataset.version), reason: why.value };
    try {
      await ask(`/api/v1/results/${card.dataset.id}/refuse`, sending("POST", body));
      finish(card, "Đã từ chối.");
    } catch (problem) {
      const words = problem.code === "invalid_request" ? "Hãy ghi lý do từ chối." : problem.message;
      tell(card.querySelector(".outcome"), words, false);
    }
    show();
  });
  show();
}
