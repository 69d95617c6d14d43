import { projectRoot } from './project-root.ts';

/** Where the local service keeps its state; nothing of it is in git. */
export const stateFolder = `${projectRoot}/.typecase`;

/** The local service's token for uploads. */
export const adminTokenPath = `${stateFolder}/admin-token`;
