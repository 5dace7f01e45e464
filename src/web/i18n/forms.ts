/** One text for every plural form of a language, where its wording does not bend with the number: `...forms('waits', 'ar', 'العدد: {{count}}')`. */
export const forms = (key: string, language: string, text: string, one: string = text): Record<string, string> =>
  Object.fromEntries(new Intl.PluralRules(language).resolvedOptions().pluralCategories.map((form) => [`${key}_${form}`, form === 'one' ? one : text]))
