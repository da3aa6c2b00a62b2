// The sending page: check the code as it is typed, take files, send them, show each page as it is read.
import { sentFile } from "./sent_file.js";
import { make, sizeText } from "./elements.js";
import { look, verdict } from "./look.js";
import { ask } from "./service.js";

const form = document.getElementById("send");
const code = document.getElementById("ma");
const codeHint = document.getElementById("ma-hint");
const drop = document.getElementById("drop");
const chosenList = document.getElementById("chosen");
const go = document.getElementById("go");
const goHint = document.getElementById("go-hint");
const gate = document.getElementById("gate");
const declared = document.getElementById("so-trang");
const maxBytes = Number(form.dataset.maxBytes);
const maxFiles = Number(form.dataset.maxFiles);
const plainHint = [...codeHint.childNodes].map((node) => node.cloneNode(true));
const FORM = /^(?:\d{3}\.\d{2}\.\d{2}\.[A-Y]\d{2}|[A-Y]\d{2}(?:\.\d{2,3}){0,4})-(\d{2})(\d{2})(\d{2})-\d{4,24}$/;
let chosen = [];
let idle = false; // since sending, nothing was pressed or touched: the clerk waits for what was read

/** What is wrong with a dossier code, in Vietnamese; empty when nothing is. The service checks once more. */
function wrongWith(value) {
  const match = FORM.exec(value);
  if (!match) return "Mã hồ sơ gồm mã cơ quan, ngày (năm tháng ngày) và số thứ tự, cách nhau bằng dấu gạch ngang.";
  const [year, month, day] = match.slice(1, 4).map(Number);
  const date = new Date(2000 + year, month - 1, day);
  if (date.getMonth() !== month - 1 || date.getDate() !== day) return `Ngày ${day}/${month}/${2000 + year} trong mã hồ sơ không có thật.`;
  if (date.getTime() > Date.now() + 24 * 3600 * 1000) return "Ngày trong mã hồ sơ còn ở tương lai.";
  return "";
}

function checkCode(whole) {
  const value = code.value.trim().toUpperCase();
  const wrong = value ? wrongWith(value) : "";
  const good = value !== "" && wrong === "";
  const complain = wrong !== "" && whole;
  code.setAttribute("aria-invalid", String(complain));
  codeHint.className = `hint${complain ? " bad" : good ? " good" : ""}`;
  if (complain) codeHint.textContent = wrong;
  else if (good) codeHint.textContent = "Mã hồ sơ đúng cấu trúc.";
  else codeHint.replaceChildren(...plainHint.map((node) => node.cloneNode(true)));
  return good;
}

function refresh(whole = false) {
  const codeGood = checkCode(whole);
  go.disabled = !(codeGood && chosen.length);
  go.textContent = chosen.length ? `Gửi ${chosen.length} tệp` : "Gửi";
  if (!go.disabled) goHint.textContent = "";
  else if (!code.value.trim()) goHint.textContent = chosen.length ? "Còn thiếu mã hồ sơ." : "Nhập mã hồ sơ và chọn tệp.";
  else if (!codeGood) goHint.textContent = "Mã hồ sơ chưa đúng.";
  else goHint.textContent = "Chọn ít nhất một tệp.";
  judge();
}

/** What the looks before sending found, all files together. */
function judge() {
  const words = verdict(chosen, Number(declared.value) || 0);
  gate.textContent = words;
  gate.className = `note ${chosen.some((entry) => entry.look.faults) || /^(Thiếu|Thừa)|(Thiếu|Thừa) \d/.test(words) ? "doubt" : "ok"}`;
  gate.hidden = !words;
}

/** A small picture of a file that is still on this side: the photograph itself, or its kind. */
function picture(file) {
  if (/^image\/(jpeg|png|webp)$/.test(file.type)) {
    const address = URL.createObjectURL(file);
    return make("img", { class: "pic", src: address, alt: "", onload: () => URL.revokeObjectURL(address) });
  }
  const ending = file.name.split(".").pop().slice(0, 4).toUpperCase();
  return make("span", { class: "pic", "aria-hidden": "true" }, ending || "TỆP");
}

function addFiles(files) {
  const refused = [];
  for (const file of files) {
    if (chosen.some(({ file: known }) => known.name === file.name && known.size === file.size && known.lastModified === file.lastModified)) continue;
    if (chosen.length >= maxFiles) refused.push(`Mỗi lần gửi tối đa ${maxFiles} tệp.`);
    else if (file.size > maxBytes) refused.push(`“${file.name}” lớn hơn mức cho phép (${sizeText(maxBytes)}).`);
    else {
      const entry = { file, picture: picture(file) };
      look(entry, judge);
      chosen.push(entry);
    }
  }
  showChosen();
  refresh();
  if (refused.length) goHint.textContent = [...new Set(refused)].join(" ");
}

function showChosen() {
  chosenList.replaceChildren(
    ...chosen.map((entry) =>
      make(
        "li",
        {},
        entry.picture,
        make("span", { class: "name" }, entry.file.name),
        make("span", { class: "soft small nowrap" }, sizeText(entry.file.size)),
        make("button", {
          type: "button",
          class: "icon-btn",
          "aria-label": `Bỏ tệp ${entry.file.name}`,
          onclick: () => {
            entry.look.stop();
            chosen = chosen.filter((other) => other !== entry);
            showChosen();
            refresh();
          },
        }, "×"),
        entry.look.element,
      ),
    ),
  );
}

/** Send two files at a time: the line is kept busy and each file still has its own answer. */
async function sendAll(entries, dossier, values) {
  const waiting = entries.map((entry) => sentFile(entry, dossier, values));
  document.getElementById("sent").prepend(...waiting.map((one) => one.element));
  const next = async () => {
    for (let one = waiting.shift(); one; one = waiting.shift()) await one.send();
  };
  await Promise.all([next(), next()]);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  refresh(true);
  if (go.disabled) return;
  const dossier = code.value.trim().toUpperCase();
  const values = Object.fromEntries([...new FormData(form)].filter(([name, value]) => name !== "ma" && typeof value === "string" && value.trim()));
  const entries = chosen;
  for (const entry of entries) entry.look.stop();
  chosen = [];
  declared.value = "";
  showChosen();
  refresh();
  const link = document.getElementById("to-dossier");
  link.href = `/ho-so/${encodeURIComponent(dossier)}`;
  link.textContent = `Mở hồ sơ ${dossier}`;
  const results = document.getElementById("results");
  results.hidden = false;
  results.scrollIntoView({ block: "nearest" });
  idle = true;
  sendAll(entries, dossier, values);
});
for (const kind of ["keydown", "pointerdown"]) addEventListener(kind, () => (idle = false), true);

for (const id of ["files", "camera"]) {
  const input = document.getElementById(id);
  input.addEventListener("change", () => {
    addFiles(input.files);
    input.value = "";
  });
}
const scan = document.getElementById("scan");
scan.addEventListener("change", async () => {
  const [photo] = scan.files;
  scan.value = "";
  if (!photo) return;
  const say = (words, look) => {
    codeHint.className = `hint ${look}`;
    codeHint.textContent = words;
  };
  say("Đang tìm mã trong ảnh…", "");
  const form = new FormData();
  form.append("file", photo, photo.name);
  try {
    const { codes } = (await ask("/api/v1/inspections/codes", { method: "POST", body: form })).body;
    if (codes.length === 1) {
      [code.value] = codes;
      refresh(true);
      document.getElementById("files").focus();
    } else say(codes.length ? `Ảnh có nhiều mã hồ sơ (${codes.join(", ")}): hãy chụp riêng từng giấy.` : "Không thấy mã hồ sơ trong ảnh. Hãy chụp gần và rõ hơn, hoặc nhập tay.", "bad");
  } catch (problem) {
    say(problem.message, "bad");
  }
});
declared.addEventListener("input", judge);
code.addEventListener("input", () => refresh(code.getAttribute("aria-invalid") === "true"));
code.addEventListener("change", () => {
  code.value = code.value.trim().toUpperCase();
  refresh(true);
});

document.getElementById("sent").addEventListener("sohoa:state", () => {
  const states = [...document.querySelectorAll("#sent > li")].map((one) => one.dataset.state);
  const count = (...names) => states.filter((state) => names.includes(state)).length;
  if (idle && !states.some((state) => state !== "attached")) {
    // The links are made right after the state is told.
    queueMicrotask(() => {
      const first = document.querySelector("#sent .found-one");
      if (first && idle) first.focus();
      idle = idle && !first;
    });
  }
  const parts = [
    [count("attached"), "đã đọc xong"],
    [states.length - count("attached", "failed", "refused", "closed"), "đang gửi hoặc đọc"],
    [count("failed", "refused"), "không đọc được"],
  ];
  document.getElementById("summary").textContent = parts.filter(([number]) => number).map(([number, words]) => `${number} ${words}`).join(", ");
});

let depth = 0;
addEventListener("dragenter", () => drop.classList.toggle("over", ++depth > 0));
addEventListener("dragleave", () => drop.classList.toggle("over", --depth > 0));
addEventListener("dragover", (event) => event.preventDefault());
addEventListener("drop", (event) => {
  event.preventDefault();
  depth = 0;
  drop.classList.remove("over");
  addFiles(event.dataTransfer.files);
});
addEventListener("paste", (event) => {
  if (event.clipboardData.files.length) addFiles(event.clipboardData.files);
});
refresh(code.value !== "");
