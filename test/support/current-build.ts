import { type BuildId, parseBuildId } from '../../font-service/identifiers.ts';

/** Asks a running service which build of a face is current. */
export async function readCurrentBuild(origin: string, face: string): Promise<BuildId> {
  const response = await fetch(`${origin}/v1/faces/${face}/plan`);
  const { build } = (await response.json()) as { readonly build: string };
  return parseBuildId(build);
}
