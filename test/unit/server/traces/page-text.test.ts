import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { takePageText } from '../../../../server/cli/traces/page-text.ts';
import type { SourcePage } from '../../../../server/cli/traces/source-page.ts';

const take = (format: SourcePage['format'], content: string) =>
  takePageText({ kind: 'page', site: 'a', path: 'a', format, content });
const textOf = (format: SourcePage['format'], content: string) =>
  take(format, content).text.replaceAll(/\s+/g, ' ').trim();

describe('takePageText of HTML', () => {
  it.each([
    ['text with its entities', '<p>活字&amp;&#x68da;</p>', '活字&棚'],
    ['no head, script or style', '<head><title>題</title></head><script>印()</script><style>字{}</style>本', '本'],
    ['no code block, but inline code', '<pre>塊</pre><code>行</code>', '行'],
    ['no comment, no attribute', '<!-- 注 --><img alt="絵"><a href="字">綴</a>', '綴'],
    ['no address, but the text right behind it', '見よ https://example.com/a活字', '見よ 活字'],
    ['no template tags', '{{ page.題 }}活{% if 字 %}字', '活 字'],
    ['what follows a script that is not closed well', '<script>a</script >活', '活'],
    ['nothing of a block that is never closed', '活<pre>字', '活'],
    ['words of neighbouring elements apart', '<b>a</b><b>b</b>', 'a b'],
  ])('takes %s', (_, html, text) => {
    expect(textOf('html', html)).toBe(text);
  });

  it('reads the language that the page states, the first one', () => {
    expect(take('html', '<html lang="zh-TW"><body lang="ja"><p lang="ko">').tag).toBe('zh-TW');
    expect(take('html', '<body lang="ja">').tag).toBe('ja');
    expect(take('html', '<p lang="ja">').tag).toBeUndefined();
  });

  it('takes any text for a page', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (content) => typeof textOf('html', content) === 'string'));
  });
});

describe('takePageText of Markdown', () => {
  it.each([
    ['headings, links’ texts and inline code', '# 活字\n[棚](https://a.example/字) `組`', '活字 棚 組'],
    ['no fenced or indented code', '活\n\n```js\n字\n```\n\n    棚\n', '活'],
    ['no images, no HTML tags', '![絵](a.png)<span title="題">活</span>', '活'],
    ['title and description of front matter alone', '---\ntitle: 題\ntags: 札\ndescription: 説\n---\n本', '題 説 本'],
    ['no MDX imports', "import 部 from './部.js'\n\n本", '本'],
  ])('takes %s', (_, markdown, text) => {
    expect(textOf('markdown', markdown)).toBe(text);
  });

  it('reads the language from front matter', () => {
    expect(take('markdown', '---\nlang: ja\n---\n本').tag).toBe('ja');
    expect(take('markdown', '本').tag).toBeUndefined();
  });

  it('takes any text for a page', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (content) => typeof textOf('markdown', content) === 'string'));
  });
});
