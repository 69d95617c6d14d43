import type { FontAnswer, FontPart } from './font-files.ts';

/** What the panel says, in one language. */
export type PanelWords = {
  readonly files: string;
  readonly bytes: string;
  readonly transferred: string;
  readonly cacheHits: string;
  readonly list: string;
  readonly columns: readonly [part: string, size: string, time: string, answer: string];
  readonly answers: Readonly<Record<FontAnswer, string>>;
  readonly parts: Readonly<Record<FontPart['kind'], string>>;
  /** Added to a base file that carries vertical alternates. */
  readonly vertical: string;
  readonly none: string;
};

const japanese: PanelWords = {
  files: 'ファイル',
  bytes: '書体データ',
  transferred: '通信で届いた量',
  cacheHits: '手もとにあったもの',
  list: 'ファイルの一覧',
  columns: ['部分', '大きさ', '時間', 'どこから'],
  answers: { cache: '手もと', network: '通信', failed: '失敗', hidden: '不明' },
  parts: { base: '基本', slice: '分冊', delta: '差分' },
  vertical: '縦',
  none: '配信された書体は、まだひとつも読み込まれていません。',
};

const korean: PanelWords = {
  files: '파일',
  bytes: '글꼴 데이터',
  transferred: '내려받은 양',
  cacheHits: '캐시에서 꺼낸 것',
  list: '파일 목록',
  columns: ['부분', '크기', '시간', '가져온 곳'],
  answers: { cache: '캐시', network: '네트워크', failed: '실패', hidden: '알 수 없음' },
  parts: { base: '기본', slice: '조각', delta: '차분' },
  vertical: '세로',
  none: '아직 내려받은 글꼴이 없습니다.',
};

const traditionalChinese: PanelWords = {
  files: '檔案',
  bytes: '字型資料',
  transferred: '經網路傳來',
  cacheHits: '取自快取',
  list: '檔案一覽',
  columns: ['部分', '大小', '時間', '來源'],
  answers: { cache: '快取', network: '網路', failed: '失敗', hidden: '不明' },
  parts: { base: '基本', slice: '分冊', delta: '差分' },
  vertical: '直排',
  none: '尚未載入任何字型檔。',
};

const english: PanelWords = {
  files: 'Files',
  bytes: 'Font data',
  transferred: 'Over the network',
  cacheHits: 'From the cache',
  list: 'Every file',
  columns: ['Part', 'Size', 'Time', 'From'],
  answers: { cache: 'cache', network: 'network', failed: 'failed', hidden: 'not told' },
  parts: { base: 'base', slice: 'slice', delta: 'delta' },
  vertical: 'vertical',
  none: 'No font of the service has been loaded yet.',
};

/** Chooses the panel's words by a page's language tag; English where there are none of its own. */
export function wordsFor(languageTag: string): PanelWords {
  const language = languageTag.toLowerCase().split('-', 1)[0];
  if (language === 'ja') return japanese;
  if (language === 'ko') return korean;
  return language === 'zh' ? traditionalChinese : english;
}
