// Making elements. Text is always set as text, never as markup.

const MEGA = 1024 * 1024;
const SVG = "http://www.w3.org/2000/svg";

/** An element with attributes and children; `null` children are left out. */
export function make(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** An SVG element. */
export function draw(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** "1,2 MB" */
export function sizeText(bytes) {
  if (bytes < 1024) return `${bytes} byte`;
  if (bytes < MEGA) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / MEGA).toLocaleString("vi-VN", { maximumFractionDigits: 1 })} MB`;
}

/** "98 %" */
export function percent(share) {
  return `${Math.floor(share * 100)} %`;
}
