import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openPageLab, type PageLab, waitUntilReady } from '../support/page-lab.ts';
import { measureScanCost, printScanCost } from '../support/scan-cost.ts';

let lab: PageLab;

beforeAll(async () => {
  lab = await openPageLab();
});
afterAll(() => lab.close());
afterEach(async () => expect(await lab.clear()).toEqual([]));

const turnVertical = () => {
  document.body.style.writingMode = 'vertical-rl';
};

describe('the page client finds', () => {
  it('texts, once each, but none that is not drawn', async () => {
    const hidden = `<p hidden>丣</p><template>丆</template><script type=x>万</script><noscript>丈</noscript>
      <details><summary>上</summary><p>丏</details>`;
    const asked = ['one-400 base-0', 'one-400 一丁上', 'one-700 七'];
    expect(await lab.askedBy(`<p>一丁 <b>七</b> 一</p>${hidden}`)).toEqual(asked);
  });

  it('what controls show, except secrets', async () => {
    const body = `<input value=一 placeholder=丁><input type=password value=丂 placeholder=七><input type=checkbox value=丄>
      <input type=hidden value=丅><textarea placeholder=丆>万</textarea><select><optgroup label=丈><option label=三>上<option>下</select>
      <style>input, textarea, select { font: 1em One }</style>`;
    expect(await lab.askedBy(body)).toEqual(['one-400 一丁七丆万三上下', 'one-700 丈']);
  });

  it('generated content', async () => {
    const head = `<style>p::before { content: '一' attr(title) } p::after { content: '丁'; font-family: 'Two, too' }</style>`;
    const asked = ['one-400 base-0', 'one-400 一七', 'two-400 base-0', 'two-400 丁'];
    expect(await lab.askedBy('<p title=七></p>', { head })).toEqual(asked);
  });

  it('texts in open shadow trees and their slots, also of those attached later', async () => {
    const shadow = (mode: string, text: string) =>
      `<div>七<template shadowrootmode=${mode}><style>i { font-family: 'Two, too' }</style>${text}<i><slot></slot></i></template></div>`;
    const body = `${shadow('open', '一')}${shadow('closed', '丁')}<main></main>`;
    const page = await lab.open(body);
    await waitUntilReady(page);
    expect(lab.service.takeAsked()).toEqual(['one-400 一七', 'two-400 七']);
    const change = () => {
      const root = document.querySelector('main')?.attachShadow({ mode: 'open' });
      root?.append('万');
      setTimeout(() => root?.append('丈'), 300);
    };
    expect(await lab.askedAfter(page, change)).toEqual(['one-400 万', 'one-400 丈']);
  });

  it('of each codepoint the first face of the list that has it', async () => {
    const head = `<style>p { font: bold 1em absent, "two, TOO", 'One' } em { font: italic 300 1em One }</style>`;
    // The face that is near in weight, of those there are; U+9999 has nobody.
    expect(await lab.askedBy('<p>一\u9999</p><em>丁</em>', { head })).toEqual(['one-400 丁', 'two-400 一']);
  });

  it('whole groups of rare codepoints, and bases for what deltas lack', async () => {
    expect(await lab.askedBy('a\u0301 かな 倁')).toEqual([
      'one-400 base-0',
      'one-400 base-2',
      `one-400 かな${String.fromCodePoint(0x5000, 0x5001, 0x5002, 0x5003)}`,
    ]);
  });

  it('vertical text: its bases for all that layout acts on', async () => {
    const page = await lab.open('かな、一');
    expect(await lab.askedAfter(page, turnVertical)).toEqual(['one-400 base-0v', 'one-400 base-1v']);
  });

  it('what appears later, in the way that it does', async () => {
    const page = await lab.open(`<p hidden>一</p><span></span><i></i><input><details><summary></summary><p>丁</details>
      <style>input { font-family: One } .b { font-weight: bold }</style>`);
    const at = (selector: string) => `document.querySelector('${selector}')`;
    const askedOn = (change: string) => lab.askedAfter(page, change);
    expect(await askedOn(`${at('p')}.hidden = false`)).toEqual(['one-400 一']);
    expect(await askedOn(`${at('details')}.open = true`)).toEqual(['one-400 丁']);
    expect(await askedOn(`${at('span')}.textContent = '七'`)).toEqual(['one-400 七']);
    expect(await askedOn(`${at('span')}.firstChild.data = '万'`)).toEqual(['one-400 万']);
    expect(await askedOn(`${at('span')}.className = 'b'`)).toEqual(['one-700 万']);
    const type = `${at('input')}.value = '丈'; ${at('input')}.dispatchEvent(new Event('input', { bubbles: true }))`;
    expect(await askedOn(type)).toEqual(['one-400 丈']);
    const style = `document.head.insertAdjacentHTML('beforeend', '<style>span { font-family: "Two, too"; font-weight: 400 }</style>')`;
    expect(await askedOn(style)).toEqual(['two-400 万']);
  });

  it('a chat, asking for one batch at a time', async () => {
    const page = await lab.open('一');
    const chat = () => {
      for (let line = 0; line < 50; line++)
        setTimeout(() => document.body.append(String.fromCodePoint(0x4e00 + line)), line * 10);
    };
    const asked = await lab.askedAfter(page, chat);
    expect(asked.length).toBeLessThan(8);
    const texts = asked.map((line) => line.slice('one-400 '.length)).join('');
    expect([...texts].sort().join('')).toBe(
      Array.from({ length: 49 }, (_, index) => String.fromCodePoint(0x4e01 + index)).join(''),
    );
  });
});

describe('a page embeds', () => {
  it.each(['crossorigin', ''])('a stylesheet that applies (%s), whose bases CSS brings', async (link) => {
    const page = await lab.open('a, 一', { link });
    await waitUntilReady(page);
    expect(lab.service.takeAsked()).toEqual(['one-400 base-0', 'one-400 一']);
    const reports = await page.evaluate(() => Reflect.get(window, 'typecase').fonts as { file: string }[]);
    expect(reports).toEqual([
      expect.objectContaining({ face: 'one-400', from: 'network', isStored: false, codepoints: 1 }),
    ]);
    expect(await lab.askedAfter(page, turnVertical)).toEqual(['one-400 base-0v']);
  });

  it('the script alone, with its query', async () => {
    expect(await lab.askedBy('a, 一', { link: false, script: '?family=One&display=swap' })).toEqual([
      'one-400 base-0',
      'one-400 一',
    ]);
  });

  it('no stylesheet, and is ready when it has loaded', async () => {
    expect(await lab.askedBy('a, 一', { link: false })).toEqual([]);
  });

  it('a policy that forbids scripts to fetch: the browser loads the fonts by their URLs', async () => {
    const policy = `connect-src 'none'; font-src ${lab.service.origin}; style-src 'unsafe-inline' ${lab.service.origin}`;
    const page = await lab.open('a, 一', { headers: { 'Content-Security-Policy': policy } });
    await waitUntilReady(page);
    expect(lab.service.takeAsked()).toEqual(['one-400 base-0', 'one-400 一']);
    expect(await page.evaluate(() => document.fonts.size)).toBe(2);
    const errors = await lab.clear();
    expect(errors.filter((error) => !/connect-src|Refused to connect/.test(error))).toEqual([]);
  });
});

describe('reading a page', () => {
  it('is measured', async () => {
    const text = String.fromCodePoint(...Array.from({ length: 40 }, (_, index) => 0x4e00 + index));
    const paragraph = `<p class=a>${text}<a href=#>${text.slice(3, 9)}</a>${text}<em>${text.slice(4, 12)}</em></p>`;
    const page = await lab.open(`<main><section>${paragraph.repeat(107)}</section></main>`);
    await waitUntilReady(page);
    const cost = await measureScanCost(page);
    printScanCost(cost);
    expect(cost.characters).toBeGreaterThan(10_000);
    expect(cost.scansMs.length).toBeGreaterThan(0);
  });
});
