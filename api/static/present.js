// Put a result of this dossier before its signers.
import { personHeader } from "./person.js";
import { ask, problemOf, sending } from "./service.js";

const form = document.getElementById("present");
const what = document.getElementById("present-what");
const file = document.getElementById("present-file");
const said = document.getElementById("present-said");
const value = (name) => document.getElementById(`present-${name}`).value.trim();

what.addEventListener("change", () => {
  document.getElementById("present-file-place").hidden = what.value !== "";
});

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  said.textContent = "";
  const told = { title: value("title"), officer: value("officer"), agency: value("agency") };
  if (!told.officer && !told.agency) {
    said.textContent = "Hãy ghi người ký hoặc cơ quan ký.";
    return;
  }
  try {
    if (what.value) await ask(`/api/v1/documents/${what.value}/result`, sending("POST", told));
    else await sendFile(told);
    location.reload();
  } catch (problem) {
    said.textContent = problem.message;
  }
});

async function sendFile(told) {
  if (!file.files.length) throw new Error("Hãy chọn tệp PDF.");
  const body = new FormData();
  for (const [name, words] of Object.entries(told)) body.append(name, words);
  body.append("file", file.files[0]);
  const address = `/api/v1/dossiers/${encodeURIComponent(form.dataset.dossier)}/results`;
  let reply;
  try {
    reply = await fetch(address, { method: "POST", body, headers: { Accept: "application/json", ...personHeader() } });
  } catch {
    throw problemOf(0, "");
  }
  if (!reply.ok) throw problemOf(reply.status, await reply.text());
}
