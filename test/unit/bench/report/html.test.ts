import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { html } from '../../../bench/report/html.ts';

describe('html', () => {
  it('escapes text, and leaves markup', () => {
    expect(html`<p title="${`"'`}">${'<b>&'}${html`<i>${1}</i>`}</p>`.markup).toBe(
      '<p title="&quot;&#39;">&lt;b&gt;&amp;<i>1</i></p>',
    );
  });

  it('leaves nothing of nothing, and joins lists', () => {
    expect(html`${undefined}${false}${['<', html`<br>`]}`.markup).toBe('&lt;<br>');
  });

  it('lets no text open a tag or end an attribute', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(html`${text}`.markup).not.toMatch(/[<>"']/);
      }),
    );
  });
});
