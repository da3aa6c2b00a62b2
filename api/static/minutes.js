// The minutes are printed by the browser, which also saves them as a PDF.
document.getElementById("print").addEventListener("click", () => print());
