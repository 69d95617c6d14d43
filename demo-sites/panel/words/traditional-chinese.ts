import type { PanelWords } from '../words.ts';

export const traditionalChinese: PanelWords = {
  modes: {
    hub: ['共用字架', '由各網站共用的字架作答；別的網站用過的字，不必再送一次。'],
    site: ['本站字架', '瀏覽器把各網站的儲存空間分開，由本站自己的字架作答。'],
    direct: ['直接取用', '字架尚未回應，由網頁自行下載。'],
    'own-worker': ['經由本站 Worker', '樣式表所要的字型，凡手邊沒有的，都先經過本站的 Worker。'],
    stylesheet: ['只用樣式表', '瀏覽器依樣式表取用字型檔，沒有執行任何字型指令碼。'],
    waiting: ['準備中', '正在等候尋找字型的指令碼。'],
  },
  files: '檔案',
  bytes: '字型資料',
  transferred: '經網路傳來',
  atLeast: (figure) => `至少 ${figure}`,
  characters: '不同的字',
  list: '檔案一覽',
  columns: ['部分', '大小', '時間', '來源'],
  answers: { hub: '共用字架', worker: 'Worker', cache: '快取', network: '網路', failed: '失敗', hidden: '不明' },
  parts: { base: '基本', slice: '分冊', delta: '差分' },
  vertical: '直排',
  countCharacters: (count) => `${count} 字`,
  none: '尚未載入任何字型檔。',
  comparison: {
    title: '同樣的文字，若用 Google 的分冊',
    page: '這一頁',
    visit: (pages) => `至今 ${pages} 頁`,
    google: 'Google 的分冊',
    countFiles: (files) => `${files} 個檔案`,
    meaning: '只比較字型檔。Google 一方所計，是這個瀏覽器依其樣式表會下載的檔案。',
    clear: '重新計算',
    missing: '未安裝載有 Google 分冊大小的套件，無法比較。',
  },
};
