// Lists: try a failed file again or close it; files that are being read refresh the page when done.
import { ask, follow, sending } from "./service.js";

for (const entry of document.querySelectorAll("[data-intake]")) {
  const said = entry.querySelector("[role=status]");
  for (const button of entry.querySelectorAll("[data-act]")) {
    button.addEventListener("click", async () => {
      const act = button.dataset.act;
      if (act === "close" && !confirm("Đóng tệp này? Bản gốc vẫn được lưu, nhưng tệp sẽ không được đọc nữa.")) return;
      button.disabled = true;
      said.textContent = "";
      try {
        await ask(`/api/v1/intakes/${entry.dataset.intake}/${act}`, sending("POST", {}));
      } catch (problem) {
        said.textContent = problem.message;
        button.disabled = false;
        return;
      }
      if (act === "close") return location.reload();
      said.textContent = "Đang đọc lại…";
      follow(entry.dataset.intake, (now) => {
        if (now.state === "attached" || now.state === "failed") location.reload();
        else if (now.pages_total) said.textContent = `Đang đọc ${now.pages_done}/${now.pages_total} trang…`;
      });
    });
  }
}

for (const entry of document.querySelectorAll("[data-follow]")) {
  const said = entry.querySelector("[data-progress]");
  follow(entry.dataset.follow, (now) => {
    if (now.pages_total) said.textContent = `${now.pages_done}/${now.pages_total} trang`;
    if (now.state === "attached" || now.state === "failed") location.reload();
  });
}
