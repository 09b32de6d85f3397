// @ts-check

/** One key for each answer to the first question of the queue. */

addEventListener("keydown", (event) => {
  const { target } = event;
  const typing = target instanceof HTMLElement && target.closest("input, textarea, select");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
  const answers = document.querySelectorAll(".queue > li:first-child [data-key]");
  const meant = [...answers].find((one) => one.getAttribute("data-key") === event.key);
  if (meant instanceof HTMLElement) meant.click();
});
