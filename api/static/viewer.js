// The page picture: words and places drawn over it, zoom, turning pages.
import { draw, make } from "./elements.js";
import { ask } from "./service.js";

const LOW = 0.6;
const MARGIN = 14;

/** The viewer of one document. `places` are `{ name, page, box, doubt }`, lit when asked for. */
export class Viewer {
  constructor(id, pages, first, places, find = "", plain = false) {
    this.address = `/api/v1/documents/${id}/pages`;
    this.pages = pages;
    this.number = first;
    this.places = places;
    this.fold = plain ? withoutMarks : (text) => text.toLocaleLowerCase("vi");
    this.sought = this.fold(find).split(/\s+/).filter(Boolean);
    this.zoom = 1;
    this.active = null;
    this.loaded = new Map();
    this.picture = document.getElementById("picture");
    this.marks = document.getElementById("marks");
    this.scroll = document.getElementById("scroll");
    this.stage = document.getElementById("stage");
    this.lines = document.getElementById("lines");
    this.previous = document.getElementById("prev");
    this.next = document.getElementById("next");
    this.previous.addEventListener("click", () => this.turn(this.number - 1));
    this.next.addEventListener("click", () => this.turn(this.number + 1));
    document.getElementById("larger").addEventListener("click", () => this.resize(this.zoom * 1.3));
    document.getElementById("smaller").addEventListener("click", () => this.resize(this.zoom / 1.3));
    document.getElementById("fit").addEventListener("click", () => this.resize(1));
    this.marks.addEventListener("click", (event) => this.pick(event.target.dataset.word));
    this.marks.addEventListener("pointerover", (event) => this.light(event.target.dataset?.word));
    this.lines.addEventListener("pointerover", (event) => this.light(event.target.dataset?.word));
    this.lines.addEventListener("click", (event) => this.goTo(event.target.dataset?.word));
    this.scroll.addEventListener("keydown", (event) => {
      if (event.key === "PageDown" || event.key === "PageUp") {
        event.preventDefault();
        this.turn(this.number + (event.key === "PageDown" ? 1 : -1));
      }
    });
  }

  async load(number) {
    if (!this.loaded.has(number)) this.loaded.set(number, (await ask(`${this.address}/${number}`)).body);
    return this.loaded.get(number);
  }

  /** Show a page; resolves when its words are drawn. */
  async turn(number) {
    if (number < 1 || number > this.pages) return;
    const page = await this.load(number);
    if (number !== this.number) {
      this.number = number;
      this.picture.src = `${this.address}/${number}/image?max_side=2000`;
      this.picture.alt = `Ảnh trang ${number}`;
      this.scroll.scrollTo(0, 0);
    }
    this.picture.width = page.width;
    this.picture.height = page.height;
    this.marks.setAttribute("viewBox", `0 0 ${page.width} ${page.height}`);
    document.getElementById("where").textContent = `Trang ${number}/${this.pages}`;
    this.previous.disabled = number === 1;
    this.next.disabled = number === this.pages;
    this.page = page;
    this.redraw();
    this.write();
  }

  /** Boxes of words and places; the active place stands out of a veil. */
  redraw() {
    const { width, height, words } = this.page;
    const shapes = words.map((word, index) => box(word.box, { class: this.isSought(word.text) ? "word found" : "word", "data-word": index }, 2));
    for (const place of this.places.filter((one) => one.page === this.number && (one.doubt || one.name === this.active))) {
      const now = place.name === this.active;
      if (now) {
        const [x, y, w, h] = grown(place.box, MARGIN);
        shapes.unshift(draw("path", { class: "veil", d: `M0 0H${width}V${height}H0ZM${x} ${y}v${h}h${w}v${-h}Z` }));
      }
      shapes.push(box(place.box, { class: `place${now ? " now" : ""}` }, MARGIN));
    }
    this.marks.replaceChildren(...shapes);
  }

  /** The page's text, word for word beside its boxes. */
  write() {
    const { text, words, failure, blank } = this.page;
    let at = 0;
    const lines = text.split("\n").map((line) => {
      const made = make("p");
      for (let length = 0; at < words.length && length < line.length; at += 1) {
        if (length) made.append(" ");
        made.append(make("span", { "data-word": at, class: this.isSought(words[at].text) ? "lit" : words[at].confidence < LOW ? "low" : null }, words[at].text));
        length += words[at].text.length + (length ? 1 : 0);
      }
      return made;
    });
    if (failure) lines.unshift(make("p", { class: "note bad" }, failure.vietnamese));
    else if (blank) lines.unshift(make("p", { class: "note" }, "Trang trắng."));
    this.lines.replaceChildren(...lines);
  }

  isSought(text) {
    const folded = this.fold(text);
    return this.sought.some((word) => folded.includes(word));
  }

  light(word) {
    for (const old of [...this.marks.querySelectorAll(".lit"), ...this.lines.querySelectorAll(".lit")]) old.classList.remove("lit");
    if (word === undefined) return;
    this.marks.querySelector(`[data-word="${word}"]`)?.classList.add("lit");
    this.lines.querySelector(`[data-word="${word}"]`)?.classList.add("lit");
  }

  pick(word) {
    if (word === undefined) return;
    this.light(word);
    this.lines.querySelector(`[data-word="${word}"]`)?.scrollIntoView({ block: "nearest" });
  }

  goTo(word) {
    if (word !== undefined) this.centre(this.page.words[word].box);
  }

  /** Light the place of a field and bring it into view, on whatever page it is. */
  async show(name) {
    this.active = name;
    const place = this.places.find((one) => one.name === name);
    if (!place) {
      if (this.page) this.redraw();
      return;
    }
    if (place.page !== this.number || !this.page) await this.turn(place.page);
    else this.redraw();
    if (this.active === name) this.centre(place.box);
  }

  centre([x, y, w, h]) {
    const scale = this.stage.clientWidth / this.page.width;
    const middleX = (x + w / 2) * scale + this.stage.offsetLeft - this.scroll.offsetLeft;
    const middleY = (y + h / 2) * scale + this.stage.offsetTop - this.scroll.offsetTop;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.scroll.scrollTo({
      left: middleX - this.scroll.clientWidth / 2,
      top: middleY - this.scroll.clientHeight * 0.4,
      behavior: calm ? "auto" : "smooth",
    });
  }

  resize(zoom) {
    this.zoom = Math.min(4, Math.max(0.4, zoom));
    this.stage.style.width = `${Math.round(this.zoom * 100)}%`;
  }
}

/** Vietnamese without its marks, in small letters. */
function withoutMarks(text) {
  return text.toLocaleLowerCase("vi").replaceAll("đ", "d").normalize("NFD").replace(/\p{M}/gu, "");
}

function grown([x, y, w, h], by) {
  return [x - by, y - by, w + 2 * by, h + 2 * by];
}

function box(corners, attributes, by) {
  const [x, y, width, height] = grown(corners, by);
  return draw("rect", { x, y, width, height, rx: 3, ...attributes });
}
