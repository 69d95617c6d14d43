/** Part of every build's name: raised when the same font file comes out of ingest with other bytes. */
export const PIPELINE_VERSION = 8;
