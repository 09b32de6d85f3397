// @ts-check

/** Elements made one by one: pages that allow no markup from strings (Trusted Types) have nothing to forbid. */

/**
 * An element with attributes and children.
 *
 * @param {Document} host
 * @param {string} name
 * @param {Record<string, string>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElement}
 */
export function made(host, name, attributes = {}, ...children) {
  const element = host.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}
