import { Parser } from 'htmlparser2';
import { marked } from 'marked';
import type { SourcePage } from './source-page.ts';

/** What a page draws, and the language that it says it is in. */
export type PageText = { readonly text: string; readonly tag: string | undefined };

/** Elements whose text is not drawn, or is drawn in other fonts: code, formulas. */
const LEFT_OUT = new Set([
  'head',
  'script',
  'style',
  'pre',
  'template',
  'noscript',
  'svg',
  'math',
  'iframe',
  'textarea',
]);
/** An ideographic space or character ends an address, as texts go on behind it without a space. */
const ADDRESS = /\b(?:https?|ftp):\/\/[\x21-\x7e]+/g;
const TEMPLATE_TAG = /\{\{[^{}]*\}\}|\{%[^%{}]*%\}/g;
const FRONT_MATTER = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/;
const DRAWN_FIELD = /^(?:title|description):[ \t]*(.*)$/gm;

/** Takes the text of a page by the extraction rules of the trace data: without code, addresses and template tags. */
export function takePageText({ format, content }: SourcePage): PageText {
  const { text, tag } = takers[format](content);
  return { text: text.replaceAll(ADDRESS, ' ').replaceAll(TEMPLATE_TAG, ' '), tag };
}

const takers: Readonly<Record<SourcePage['format'], (content: string) => PageText>> = {
  html: takeHtmlText,
  markdown: takeMarkdownText,
  text: (text) => ({ text, tag: undefined }),
};

function takeHtmlText(html: string): PageText {
  const parts: string[] = [];
  let leftOut = 0;
  let tag: string | undefined;
  const parser = new Parser({
    onopentag: (name, attributes) => {
      if (name === 'html' || name === 'body') tag ??= attributes['lang'];
      if (LEFT_OUT.has(name)) leftOut++;
      // Words of neighbouring elements are not one word.
      parts.push(' ');
    },
    ontext: (text) => {
      if (leftOut === 0) parts.push(text);
    },
    onclosetag: (name) => {
      if (LEFT_OUT.has(name)) leftOut--;
      parts.push(' ');
    },
  });
  parser.end(html);
  return { text: parts.join(''), tag };
}

function takeMarkdownText(markdown: string): PageText {
  const [whole = '', front = ''] = FRONT_MATTER.exec(markdown) ?? [];
  const drawn = [...front.matchAll(DRAWN_FIELD)].map(([, value]) => value).join(' ');
  const { text, tag } = takeHtmlText(marked.parse(withoutImports(markdown.slice(whole.length)), { async: false }));
  return { text: `${drawn} ${text}`, tag: /^lang(?:uage)?:[ \t]*["']?([\w-]+)/m.exec(front)?.[1] ?? tag };
}

/** MDX names modules in lines of their own. */
function withoutImports(markdown: string): string {
  return markdown.replaceAll(/^(?:import\s.*\sfrom\s+['"].*|export\s+(?:const|default)\s.*)$/gm, '');
}
