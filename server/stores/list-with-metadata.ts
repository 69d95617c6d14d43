/** Lists the metadata of all objects under a prefix: what is small is kept there, and read without a request for each. */
export async function listWithMetadata(bucket: R2Bucket, prefix: string): Promise<Readonly<Record<string, string>>[]> {
  const found: Readonly<Record<string, string>>[] = [];
  let cursor: string | undefined;
  do {
    const page: R2Objects = await bucket.list({
      prefix,
      include: ['customMetadata'],
      ...(cursor === undefined ? {} : { cursor }),
    });
    for (const { customMetadata } of page.objects) found.push(customMetadata ?? {});
    cursor = page.truncated ? page.cursor : undefined;
  } while (cursor !== undefined);
  return found;
}
