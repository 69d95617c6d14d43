import { note } from './faces-of-page.ts';

/** Inputs whose value is a secret, or is not shown. */
const UNREADABLE = /password|checkbox|radio/;

/** What may change unseen: elements that are not rendered, and shadow trees. */
type Watch = (node: Element | ShadowRoot) => void;

/**
 * Reads what is drawn in an element: texts, what controls show, generated content; open shadow trees, too.
 *
 * Reads computed styles and writes nothing, so that the browser computes them once.
 */
export function readElement(element: Element, watch: Watch): void {
  const style = getComputedStyle(element);
  if (!isRendered(element, style.display)) return void watch(element);
  for (const part of ['::before', '::after']) {
    const generated = getComputedStyle(element, part);
    if (generated.content.includes('"')) note(generated.content, generated);
  }
  let text = `${shownBy(element as HTMLInputElement & HTMLOptionElement) ?? ''}${readChildren(element, watch)}`;
  const { shadowRoot } = element;
  if (shadowRoot) {
    watch(shadowRoot);
    text += readChildren(shadowRoot, watch);
  }
  if (/\S/.test(text)) note(text, style);
}

/** What has no box of its own, and options of a list that is closed, may be drawn all the same. */
function isRendered(element: Element, display: string): boolean {
  return element.checkVisibility?.() !== false || display === 'contents' || element.localName.startsWith('opt');
}

/** Reads the elements, and returns the text between them; what stands in a slot is drawn in the slot's style. */
function readChildren({ childNodes }: ParentNode, watch: Watch): string {
  let text = '';
  for (const node of childNodes) {
    if (node instanceof Element) readElement(node, watch);
    else if (!(node instanceof Text)) continue;
    else if (node.assignedSlot) note(node.data, getComputedStyle(node.assignedSlot));
    else text += node.data;
  }
  return text;
}

/** What inputs and text areas show, and the labels of options; elements of a page's own making may have anything there. */
function shownBy({ placeholder, type, value, label }: HTMLInputElement & HTMLOptionElement): unknown {
  return placeholder === undefined ? label : placeholder + (UNREADABLE.test(type) ? '' : value);
}
