// Who works at this machine: a name that stands beside every deed in the history. Not a sign-in.

const KEY = "sohoa-person";

/** The name given on this browser, or an empty text. */
export function person() {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return ""; // storage is switched off
  }
}

/** The header that tells it; names are percent-encoded, since headers hold ASCII only. */
export function personHeader() {
  const name = person();
  return name ? { "X-Sender": encodeURIComponent(name) } : {};
}

const button = document.getElementById("who");
const words = document.getElementById("who-words");
const dialog = document.getElementById("who-dialog");
const field = document.getElementById("who-name");

function show() {
  words.textContent = person() || "Ghi tên";
  button.setAttribute("aria-label", person() ? `Người làm: ${person()}. Đổi tên` : "Ghi tên người làm");
}

button.addEventListener("click", () => {
  field.value = person();
  dialog.returnValue = "";
  dialog.showModal();
});
dialog.addEventListener("close", () => {
  if (dialog.returnValue !== "save") return;
  try {
    localStorage.setItem(KEY, field.value.trim());
  } catch {
    // storage is switched off: the name cannot be kept
  }
  show();
});
field.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.isComposing) {
    event.preventDefault();
    dialog.close("save");
  }
});
show();
