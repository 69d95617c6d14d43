import type { PanelWords } from '../words.ts';

export const japanese: PanelWords = {
  modes: {
    hub: ['共有の棚', 'すべてのサイトに共通の棚が答えています。ほかのサイトで使われた字は、ここでは届け直しません。'],
    site: ['このサイトの棚', 'ブラウザがサイトごとに保管場所を分けているため、このサイトだけの棚が答えています。'],
    direct: ['直接', '棚の返事がまだないので、ページが自分で取り寄せています。'],
    'own-worker': ['ワーカー経由', 'スタイルシートの求めのうち、手もとにないものは、このサイトのワーカーを通ります。'],
    stylesheet: ['スタイルシートのみ', 'スタイルシートに書かれたファイルを、ブラウザが取り寄せています。'],
    waiting: ['準備中', '書体を探すスクリプトを待っています。'],
  },
  files: 'ファイル',
  bytes: '書体データ',
  transferred: '通信で届いた量',
  atLeast: (figure) => `${figure} 以上`,
  characters: '字の種類',
  list: 'ファイルの一覧',
  columns: ['部分', '大きさ', '時間', 'どこから'],
  answers: { hub: '共有の棚', worker: 'ワーカー', cache: '手もと', network: '通信', failed: '失敗', hidden: '不明' },
  parts: { base: '基本', slice: '分冊', delta: '差分' },
  vertical: '縦',
  countCharacters: (count) => `${count}字`,
  none: '配信された書体は、まだひとつも読み込まれていません。',
  comparison: {
    title: '同じ文章を Google の分割で組むと',
    page: 'この頁',
    visit: (pages) => `ここまでの${pages}頁`,
    google: 'Google の分割',
    countFiles: (files) => `${files}ファイル`,
    meaning:
      '書体のファイルだけの比較です。Google の側は、そのスタイルシートに従えば読み込むはずのファイルを数えています。',
    clear: '数えなおす',
    missing: 'Google の分割の大きさを収めたパッケージがないため、比較できません。',
  },
};
