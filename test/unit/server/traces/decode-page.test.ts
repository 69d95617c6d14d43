import { describe, expect, it } from 'vitest';
import { decodePage } from '../../../../server/cli/traces/decode-page.ts';

const GA = [0xb0, 0xa1];
const ascii = (text: string) => Array.from(text, (character) => character.charCodeAt(0));

describe('decodePage', () => {
  it.each([
    ['its mark before all else', [0xef, 0xbb, 0xbf, 0xea, 0xb0, 0x80], 'text/html;charset=euc-kr', '가'],
    ['a mark of UTF-16', [0xff, 0xfe, 0x00, 0xac], '', '가'],
    ['its Content-Type', GA, 'text/html; charset="EUC-KR"', '가'],
    ['its own statement', [...ascii('<meta charset=euc-kr>'), ...GA], '', '<meta charset=euc-kr>가'],
    [
      'the older form of that',
      [...ascii('<meta http-equiv="Content-Type" content="text/html; charset=euc-kr">'), ...GA],
      'text/html',
      '<meta http-equiv="Content-Type" content="text/html; charset=euc-kr">가',
    ],
    ['UTF-8 without any', [0xea, 0xb0, 0x80], 'text/html', '가'],
    ['UTF-8 where no one knows the charset', [0xea, 0xb0, 0x80], 'text/html;charset=klingon', '가'],
  ])('goes by %s', (_, bytes, contentType, text) => {
    expect(decodePage(Uint8Array.from(bytes), contentType)).toBe(text);
  });
});
