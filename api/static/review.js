// Checking a document by keyboard: Tab to the next doubt, Enter accepts, Esc goes back; then confirm.
import { make } from "./elements.js";
import { ask, sending } from "./service.js";
import { Viewer } from "./viewer.js";

const root = document.getElementById("review");
const address = `/api/v1/documents/${root.dataset.id}`;
const said = document.getElementById("said");
const confirmButton = document.getElementById("confirm");
const rows = [...root.querySelectorAll(".field")];
const inputs = rows.map((row) => row.querySelector(".value"));
const places = rows
  .filter((row) => row.dataset.box)
  .map((row) => ({
    name: row.dataset.name,
    page: Number(row.dataset.page),
    box: row.dataset.box.split(" ").map(Number),
    doubt: row.dataset.doubt === "yes",
  }));
const viewer = new Viewer(root.dataset.id, Number(root.dataset.pages), Number(root.dataset.page), places, root.dataset.find, root.dataset.plain === "yes");
let version = Number(root.dataset.version);
let saving = Promise.resolve();

const isDirty = (input) => input.value !== input.dataset.saved;
const isDoubt = (row) => row.dataset.doubt === "yes";

/** Dates as clerks write them; the service takes both forms. */
function shownValue(name, value) {
  const date = /^(\d{4})-(\d\d)-(\d\d)$/.exec(value);
  return name.startsWith("ngay_") && date ? `${date[3]}/${date[2]}/${date[1]}` : value;
}

function say(words, look = "") {
  said.className = `said small ${look}`;
  said.replaceChildren(words);
}

function sayProblem(problem) {
  say(problem.message, "bad");
  if (problem.code === "version_conflict") {
    said.append(" ", make("button", { class: "btn slim", type: "button", onclick: () => location.reload() }, "Tải lại trang"));
  }
}

function countDoubts() {
  const left = rows.filter(isDoubt).length;
  if (root.dataset.state === "confirmed") return;
  confirmButton.textContent = left ? `Xác nhận (còn ${left})` : "Xác nhận";
}

/**
 * Save one field; saves wait for each other, since each needs the version that the last one made.
 * A new value that the checks object to stays doubtful; accepted once more as it is, the person's word counts.
 */
function save(row) {
  const input = row.querySelector(".value");
  const value = input.value;
  const insisted = !isDirty(input);
  saving = saving.then(async () => {
    const { body } = await ask(`${address}/fields/${row.dataset.name}`, sending("PUT", { value }, { "If-Match": `"${version}"` }));
    version = body.version;
    const field = body.fields.find((one) => one.name === row.dataset.name);
    input.dataset.saved = shownValue(field.name, field.value);
    if (input.value === value) input.value = input.dataset.saved;
    settle(row, field, field.valid || insisted);
  });
  const done = saving;
  saving = saving.catch(() => {});
  return done;
}

function settle(row, field, seen) {
  const input = row.querySelector(".value");
  const mark = row.querySelector(".mark");
  const hint = row.querySelector(".hint");
  row.dataset.doubt = seen ? "no" : "yes";
  row.classList.toggle("is-doubt", !seen);
  row.classList.toggle("is-seen", seen);
  mark.className = `chip mark ${seen ? "ok" : "doubt"}`;
  mark.textContent = seen ? "Đã xem" : "Cần xem";
  input.setAttribute("aria-invalid", String(!field.valid));
  hint.classList.toggle("bad", !field.valid);
  const parts = field.problems.map((one) => one.vietnamese);
  if (!seen) parts.push("Nhấn Enter lần nữa nếu giấy ghi đúng như vậy.");
  if (field.read_value !== null && field.read_value !== field.value) parts.push(`Máy đọc: ${shownValue(field.name, field.read_value)}.`);
  hint.textContent = parts.join(" ");
  const place = places.find((one) => one.name === row.dataset.name);
  if (place) place.doubt = !seen;
  if (root.dataset.state === "confirmed") {
    root.dataset.state = "to_check";
    confirmButton.disabled = false;
    document.getElementById("state").replaceChildren(make("span", { class: "chip doubt" }, "Cần kiểm tra"));
  }
  countDoubts();
  if (viewer.page) viewer.redraw();
}

/** The next place to look at after a row: a doubt, or else the confirm button. */
function onward(row) {
  const at = rows.indexOf(row);
  const next = [...rows.slice(at + 1), ...rows.slice(0, at)].find(isDoubt);
  if (next) enter(next);
  else confirmButton.focus();
}

function enter(row) {
  const input = row.querySelector(".value");
  input.focus();
  input.select();
}

async function accept(row) {
  const input = row.querySelector(".value");
  if (!isDirty(input) && !isDoubt(row)) return onward(row);
  try {
    await save(row);
  } catch (problem) {
    return sayProblem(problem);
  }
  say(isDoubt(row) ? "" : "Đã lưu.", "ok");
  if (document.activeElement === input && !isDoubt(row)) onward(row);
  return undefined;
}

function back(row) {
  const input = row.querySelector(".value");
  if (isDirty(input)) {
    input.value = input.dataset.saved;
    input.select();
    return;
  }
  const before = rows[rows.indexOf(row) - 1];
  if (before) enter(before);
}

async function confirmDocument() {
  confirmButton.disabled = true;
  try {
    for (const row of rows) if (isDirty(row.querySelector(".value"))) await save(row);
    await saving;
    const { body } = await ask(`${address}/confirm`, sending("POST", {}, { "If-Match": `"${version}"` }));
    version = body.version;
  } catch (problem) {
    confirmButton.disabled = false;
    return sayProblem(problem);
  }
  root.dataset.state = "confirmed";
  confirmButton.textContent = "Đã xác nhận";
  document.getElementById("state").replaceChildren(make("span", { class: "chip ok" }, "Đã xác nhận"));
  document.getElementById("reasons")?.remove();
  for (const row of rows) {
    row.classList.remove("is-doubt");
    row.dataset.doubt = "no";
  }
  for (const place of places) place.doubt = false;
  viewer.active = null;
  if (viewer.page) viewer.redraw();
  say("Đã xác nhận. Nhấn Enter để đi tiếp.", "ok");
  document.getElementById("onward").focus();
  return undefined;
}

rows.forEach((row, index) => {
  const input = inputs[index];
  input.addEventListener("focus", () => viewer.show(row.dataset.name));
  input.addEventListener("input", () => {
    row.querySelector(".mark").textContent = isDirty(input) ? "Chưa lưu" : "Cần xem";
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // a Vietnamese keyboard is still putting the letter together
    if (event.key === "Enter") {
      event.preventDefault();
      accept(row);
    } else if (event.key === "Escape") {
      event.preventDefault();
      back(row);
    } else if (event.key === "PageDown" || event.key === "PageUp") {
      event.preventDefault();
      viewer.turn(viewer.number + (event.key === "PageDown" ? 1 : -1));
    }
  });
});
confirmButton.addEventListener("click", confirmDocument);

document.getElementById("retype").addEventListener("click", async () => {
  try {
    await saving;
    await ask(`${address}/type`, sending("PUT", { code: document.getElementById("type").value }, { "If-Match": `"${version}"` }));
  } catch (problem) {
    return sayProblem(problem);
  }
  for (const input of inputs) input.dataset.saved = input.value;
  location.reload();
  return undefined;
});

const tabs = [...root.querySelectorAll("[role=tab]")];
function choose(tab) {
  for (const one of tabs) {
    const chosen = one === tab;
    one.setAttribute("aria-selected", String(chosen));
    one.tabIndex = chosen ? 0 : -1;
    document.getElementById(one.getAttribute("aria-controls")).hidden = !chosen;
  }
}
for (const tab of tabs) {
  tab.addEventListener("click", () => choose(tab));
  tab.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    const other = tabs[1 - tabs.indexOf(tab)];
    choose(other);
    other.focus();
  });
}

addEventListener("beforeunload", (event) => {
  if (inputs.some(isDirty)) event.preventDefault();
});

countDoubts();
viewer.turn(viewer.number).then(
  () => {
    const first = rows.find(isDoubt);
    if (root.dataset.find || !matchMedia("(pointer: fine)").matches) return;
    if (first) enter(first);
    else if (!confirmButton.disabled) confirmButton.focus();
  },
  (problem) => sayProblem(problem),
);
