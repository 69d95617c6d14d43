import { describe, expect, it } from 'vitest';
import { countScripts, detectLanguage, languageOfTag } from '../../../../server/cli/traces/detect-language.ts';
import { measurePage } from '../../../../server/cli/traces/measure-page.ts';

const detect = (text: string) => detectLanguage(text, countScripts(text));
const measure = (text: string, tag?: string) => measurePage({ text, tag }, undefined);
const KANA = 'いろはにほへと'.repeat(30);

describe('detectLanguage', () => {
  it.each([
    ['活字の棚から一本ずつ拾う', 'ja'],
    ['네모 안의 글자 活字', 'ko'],
    ['这个铅字的书写与历史', 'zh-Hans'],
    ['這個鉛字的書寫與歷史', 'zh-Hant'],
    ['一二三人口山川', undefined],
    ['these are words', undefined],
    ['', undefined],
  ])('takes “%s” for %s', (text, language) => {
    expect(detect(text)).toBe(language);
  });
});

describe('languageOfTag', () => {
  it.each([
    ['ja', 'ja'],
    ['JA-jp', 'ja'],
    ['ko-KR', 'ko'],
    ['zh-CN', 'zh-Hans'],
    ['zh_SG', 'zh-Hans'],
    ['zh-TW', 'zh-Hant'],
    ['zh-Hans-HK', 'zh-Hans'],
    ['zh-Hant-CN', 'zh-Hant'],
    ['zh', undefined],
    ['en', undefined],
    ['', undefined],
    ['jam', undefined],
  ])('takes %s for %s', (tag, language) => {
    expect(languageOfTag(tag)).toBe(language);
  });
});

describe('measurePage', () => {
  it('gives codepoints in order, each once, and counts characters without white space', () => {
    const measured = measure(`${KANA} \n\tA\u3000`);
    expect(measured).toMatchObject({ kind: 'kept', language: 'ja', characters: 211 });
    expect(measured.kind === 'kept' && measured.codepoints).toEqual(
      [0x20, 0x41, 0x3000, ...Array.from('いろはにほへと', (kana) => kana.codePointAt(0) ?? 0)].sort((a, b) => a - b),
    );
  });

  it('composes, and drops controls, private characters and what could not be decoded', () => {
    const measured = measure(`${'か\u3099'.repeat(200)}\u200b\ue000\ufffd\u0007`);
    expect(measured).toMatchObject({ codepoints: [0x304c], characters: 200 });
  });

  it('believes the page’s language before its script, and the command before both', () => {
    expect(measure(KANA, 'ko')).toMatchObject({ language: 'ko' });
    expect(measure(KANA, 'en')).toMatchObject({ language: 'ja' });
    expect(measurePage({ text: KANA, tag: 'ko' }, 'zh-Hant')).toMatchObject({ language: 'zh-Hant' });
  });

  it.each([
    ['い'.repeat(149), /fewer than 150 characters/],
    ['い'.repeat(99) + '1'.repeat(100), /fewer than 100 Chinese/],
    ['い'.repeat(100) + 'a'.repeat(401), /less than 20 %/],
    ['一'.repeat(200), /--lang/],
  ])('drops %s', (text, reason) => {
    expect(measure(text)).toMatchObject({ kind: 'dropped', reason: expect.stringMatching(reason) });
  });

  it.each(['い'.repeat(150), 'い'.repeat(100) + 'a'.repeat(400)])('keeps %s', (text) => {
    expect(measure(text).kind).toBe('kept');
  });
});
