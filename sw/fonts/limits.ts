/** What the store of fonts may hold, all faces together, where the quota allows it: some ten faces of a busy visitor. */
export const STORE_BYTES = 64 * 1024 * 1024;

/** The share of this origin's quota that the fonts may take at most. */
export const QUOTA_SHARE = 0.2;

/** For how long a build that a newer one has replaced is kept after its last use: stylesheets that name it are cached. */
export const OLD_BUILD_GRACE_MS = 24 * 3600 * 1000;

/** How exact times of use are: a use is noted when the last note is older than this. */
export const USE_INTERVAL_MS = 10 * 60 * 1000;

/** How long a font may take to come from the network; then whoever asks next asks the network again. */
export const NETWORK_DEADLINE_MS = 20_000;

/** Most files that one message may name. */
export const MAX_FILES = 64;

/** Most codepoints that one delta holds, and that one message may ask for. */
export const MAX_DELTA_CODEPOINTS = 8000;
export const MAX_ASKED_CODEPOINTS = 4 * MAX_DELTA_CODEPOINTS;

/** Largest font that is stored. */
export const MAX_FONT_BYTES = 8 * 1024 * 1024;

/** Asks of one port that may be under way at once; one more gets no answer. */
export const MAX_ASKS_UNDER_WAY = 64;

/** Most stylesheets that are stored. */
export const MAX_STYLESHEETS = 64;

/** How long the bridge waits for access to storage that sites share; then this site has its own. */
export const STORAGE_ACCESS_DEADLINE_MS = 400;

/** How long the bridge waits for the hub to say that it runs; then the bridge's frame serves in its place. */
export const HUB_DEADLINE_MS = 1000;
