// @ts-check

/**
 * Where a tooltip goes, in pixels of the viewport. Nothing here touches a document.
 *
 * @typedef {{x: number, y: number}} Point
 * @typedef {{width: number, height: number}} Size
 * @typedef {{left: number, top: number, right: number, bottom: number}} Box
 * @typedef {{left: number, top: number, height: number, side: "above" | "below"}} Place
 */

/** Between a term and its tooltip. */
const GAP = 6;
/** Between the tooltip and the edge of the viewport. */
const EDGE = 8;
/** Viewports up to this wide have a sheet along an edge instead. */
const SMALL = 480;

/** @param {Size} view */
export function isSmall(view) {
  return view.width <= SMALL;
}

/**
 * Below the whole term, or above it if only there is room or more of it; never over it.
 *
 * @param {Box[]} lines The term, a box for each line that it runs over.
 * @param {Point | null} point The pointer, to choose the line whose beginning counts.
 * @param {Size} size What the tooltip would like to have.
 * @param {Size} view
 * @returns {Place | null} null: the term is out of sight.
 */
export function placed(lines, point, size, view) {
  const top = Math.min(...lines.map((line) => line.top));
  const bottom = Math.max(...lines.map((line) => line.bottom));
  if (!lines.length || bottom <= 0 || top >= view.height) return null;
  const sheet = isSmall(view);
  const edge = sheet ? 0 : EDGE;
  const room = { above: top - GAP - edge, below: view.height - edge - GAP - bottom };
  const side = size.height <= room.below || room.below >= room.above ? "below" : "above";
  const height = Math.min(size.height, room[side], sheet ? view.height / 2 : Infinity);
  const far = side === "below" ? view.height - height : 0;
  const near = side === "below" ? bottom + GAP : top - GAP - height;
  const line = lines.find((one) => point && one.top <= point.y && point.y <= one.bottom) ?? lines[0];
  const left = Math.max(edge, Math.min(line.left, view.width - edge - size.width));
  return { left: sheet ? 0 : left, top: sheet ? far : near, height, side };
}

/**
 * @param {Point} point
 * @param {Point[]} corners Three of them.
 */
export function isInside(point, [a, b, c]) {
  /** @param {Point} from @param {Point} to */
  const turn = (from, to) => (to.x - from.x) * (point.y - from.y) - (to.y - from.y) * (point.x - from.x);
  const turns = [turn(a, b), turn(b, c), turn(c, a)];
  return turns.every((one) => one >= 0) || turns.every((one) => one <= 0);
}
