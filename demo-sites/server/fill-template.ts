/**
 * Replaces every `{{name}}` in a page by its value.
 *
 * Values are origins of our own, so they are not escaped. Throws when a page asks for a name that has no value.
 */
export function fillTemplate(page: string, values: Readonly<Record<string, string>>): string {
  return page.replace(/\{\{([\w-]+)\}\}/g, (placeholder, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`${placeholder} in a demo page has no value`);
    return value;
  });
}
