// @ts-check

/** The form for a text of one's own: a file may be dropped anywhere on it or pasted, characters are counted against the
 * limit, Ctrl+Enter sends. */

import { say } from "./page.js";

for (const form of document.querySelectorAll("form[data-drop]")) {
  if (form instanceof HTMLFormElement) enhance(form);
}

/** @param {HTMLFormElement} form */
function enhance(form) {
  const text = form.querySelector("textarea");
  const file = form.querySelector("input[type=file]");
  const output = form.querySelector("output[data-count]");
  if (text && output instanceof HTMLElement) countIn(text, output);
  if (text) text.addEventListener("keydown", (event) => sendBy(event, form));
  if (file instanceof HTMLInputElement && output instanceof HTMLElement) takeFiles(form, file, output);
}

/** @param {KeyboardEvent} event @param {HTMLFormElement} form */
function sendBy(event, form) {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
}

/** @param {HTMLTextAreaElement} text @param {HTMLElement} output */
function countIn(text, output) {
  const limit = Number(text.dataset.limit) || Infinity;
  const count = () => {
    const n = charactersIn(text.value);
    const over = Math.max(0, n - limit);
    output.hidden = n === 0;
    output.classList.toggle("over", over > 0);
    output.textContent = over ? say("count_over", { n, over }) : say("count", { n });
    text.setCustomValidity(over ? output.textContent : "");
  };
  text.addEventListener("input", count);
  count();
}

/** Code points, which is what the limit counts. @param {string} text */
function charactersIn(text) {
  let pairs = 0;
  for (let at = 0; at < text.length; at++) if ((text.charCodeAt(at) & 0xfc00) === 0xd800) pairs++;
  return text.length - pairs;
}

/** @param {HTMLFormElement} form @param {HTMLInputElement} file @param {HTMLElement} output For what is wrong. */
function takeFiles(form, file, output) {
  /** @param {DragEvent | ClipboardEvent} event @param {DataTransfer | null} data */
  const take = (event, data) => {
    endDrop(form);
    const chosen = data?.files[0];
    if (!data || !chosen) return;
    event.preventDefault();
    const fits = isWanted(chosen.name, file.accept);
    if (fits) file.files = data.files;
    output.hidden = fits;
    output.classList.toggle("over", !fits);
    output.textContent = fits ? "" : say("file_wrong", { name: chosen.name });
    file.focus();
  };
  form.addEventListener("dragover", (event) => showDrop(event, form));
  form.addEventListener("dragleave", (event) => isWithin(form, event.relatedTarget) || endDrop(form));
  form.addEventListener("drop", (event) => take(event, event.dataTransfer));
  form.addEventListener("paste", (event) => take(event, event.clipboardData));
}

/** @param {DragEvent} event @param {HTMLFormElement} form */
function showDrop(event, form) {
  if (!event.dataTransfer?.types.includes("Files")) return;
  event.preventDefault();
  form.dataset.drop = say("drop_here");
  form.classList.add("dropping");
}

/** @param {HTMLFormElement} form @param {EventTarget | null} target */
function isWithin(form, target) {
  return target instanceof Node && form.contains(target);
}

/** @param {HTMLFormElement} form */
function endDrop(form) {
  form.classList.remove("dropping");
}

/** Whether a file field takes a file, by the ending of its name. @param {string} name @param {string} accept */
function isWanted(name, accept) {
  const endings = accept.split(",").map((one) => one.trim().toLowerCase()).filter((one) => one.startsWith("."));
  return !endings.length || endings.some((ending) => name.toLowerCase().endsWith(ending));
}
