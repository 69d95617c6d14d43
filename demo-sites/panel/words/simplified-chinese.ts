import type { PanelWords } from '../words.ts';

export const simplifiedChinese: PanelWords = {
  modes: {
    hub: ['公用字架', '由各网站公用的字架作答；别的网站用过的字，不必再传一次。'],
    site: ['本站字架', '浏览器把各网站的存储空间分开，由本站自己的字架作答。'],
    direct: ['直接取用', '字架尚未回应，由网页自行下载。'],
    'own-worker': ['经由本站 Worker', '样式表所要的字体，凡手边没有的，都先经过本站的 Worker。'],
    stylesheet: ['只用样式表', '浏览器按样式表取用字体文件，没有运行任何字体脚本。'],
    waiting: ['准备中', '正在等待寻找字体的脚本。'],
  },
  files: '文件',
  bytes: '字体数据',
  transferred: '经网络传来',
  atLeast: (figure) => `至少 ${figure}`,
  characters: '不同的字',
  list: '文件一览',
  columns: ['部分', '大小', '时间', '来源'],
  answers: { hub: '公用字架', worker: 'Worker', cache: '缓存', network: '网络', failed: '失败', hidden: '不详' },
  parts: { base: '基本', slice: '分册', delta: '差分' },
  vertical: '竖排',
  countCharacters: (count) => `${count} 字`,
  none: '尚未载入任何字体文件。',
  comparison: {
    title: '同样的文字，若用 Google 的分册',
    page: '这一页',
    visit: (pages) => `至今 ${pages} 页`,
    google: 'Google 的分册',
    countFiles: (files) => `${files} 个文件`,
    meaning: '只比较字体文件。Google 一方所计，是这个浏览器按其样式表会下载的文件。',
    clear: '重新计算',
    missing: '未安装载有 Google 分册大小的软件包，无法比较。',
  },
};
