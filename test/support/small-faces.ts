/** Kana, punctuation, Latin, and some Han: the codepoints of the edge tests' face. */
export const SMALL_FACE_TEXT =
  'ABCabc0123 、。「」（）・ーあいうえおかきくけこさしすせそアイウエオ一丁七万三上下不世丘両並中主久乗九事二五人仁今仏仕他付代令以仮仰仲件任休会伝似位低住佐体何余作使例供依価便係俗保信修俳俵倉個倍候借値停健側備傷働像僕';

/** What a later build of the same face has: rarer scripts and Han beyond the basic plane, and not all that the first has. */
export const LATER_FACE_TEXT =
  'ABCDEFabc0123 、。あいうえおアイウエオΑΒΓδБгж→■①②ＡＢ㎏一丁七万三上下不世兄先光兆児入全公六共兵具典内円冊再写冬冷出刀分切刊列初別利制刷券刺𠮟𡈽';

/** The packs that the edge tests are given, as base64. */
export type ProvidedPackName = 'smallPack' | 'laterPack';

declare module 'vitest' {
  export interface ProvidedContext extends Readonly<Record<ProvidedPackName, string>> {}
}
