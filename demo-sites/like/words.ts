/** What the like button says, in one language. */
export type LikeWords = {
  readonly like: string;
  /** How many likes there are, for those who hear the page. */
  readonly total: (count: number) => string;
  /** What is shown while counts wait for the network. */
  readonly waiting: (count: number) => string;
};

const japanese: LikeWords = {
  like: '役に立った',
  total: (count) => `${count}回`,
  waiting: (count) => `${count}件は、つながり次第お送りします。`,
};

const korean: LikeWords = {
  like: '도움이 됐어요',
  total: (count) => `${count}번`,
  waiting: (count) => `${count}건은 연결되는 대로 보냅니다.`,
};

/** Chooses the words by a page's language tag; Japanese where there are none of its own. */
export function likeWordsFor(languageTag: string): LikeWords {
  return languageTag.toLowerCase().startsWith('ko') ? korean : japanese;
}
