// @ts-check
/** The text of `shared/tooltip.css`; put in when the files are joined. */
export const TOOLTIP = "";
