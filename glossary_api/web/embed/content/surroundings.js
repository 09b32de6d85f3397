// @ts-check
/** What an embedded script says of itself, in the place of the extension's file of this name. */

import { TOOLTIP } from "../look.js";

export { LANGUAGE } from "../attributes.js";

/** @returns {Promise<string>} The text of `tooltip.css`. */
export async function styles() {
  return TOOLTIP;
}
