// Verify a PDF: sent to the service, judged there, shown as the service words it.
import { personHeader } from "./person.js";
import { problemOf } from "./service.js";

const form = document.getElementById("verify");
const file = document.getElementById("file");
const said = document.getElementById("said");
const place = document.getElementById("finding");

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (!file.files.length) {
    said.textContent = "Hãy chọn tệp PDF.";
    return;
  }
  const body = new FormData();
  body.append("file", file.files[0]);
  said.textContent = "Đang kiểm tra…";
  place.replaceChildren();
  let reply;
  try {
    reply = await fetch("/kiem-tra-chu-ky/tep", { method: "POST", body, headers: { Accept: "application/json", ...personHeader() } });
  } catch {
    said.textContent = problemOf(0, "").message;
    return;
  }
  const text = await reply.text();
  if (!reply.ok) {
    said.textContent = problemOf(reply.status, text).message;
    return;
  }
  said.textContent = "";
  // Made and escaped by the service's own template.
  place.replaceChildren(...new DOMParser().parseFromString(text, "text/html").body.childNodes);
});
