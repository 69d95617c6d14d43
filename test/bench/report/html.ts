/** Markup that may stand in a page as it is. */
export type Html = { readonly markup: string };
/** What a template takes: text is escaped, markup is not, nothing and `false` leave nothing. */
type Content = string | number | Html | readonly Content[] | undefined | false;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A template of HTML: every text that is filled in is escaped, for content as for quoted attributes. */
export function html(strings: TemplateStringsArray, ...contents: readonly Content[]): Html {
  return { markup: strings.map((text, index) => text + markupOf(contents[index])).join('') };
}

function markupOf(content: Content): string {
  if (content === undefined || content === false) return '';
  if (typeof content === 'string') return content.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
  if (typeof content === 'number') return String(content);
  return 'markup' in content ? content.markup : content.map(markupOf).join('');
}
