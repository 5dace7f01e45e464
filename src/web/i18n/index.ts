/**
 * Texts of the screens. One file a namespace and language: `i18n/<language>/<namespace>.ts`, default export. English is complete and
 * comes first; what a language lacks falls back to it. `common` and `navigation` are there from the start, others when a screen asks.
 * A new namespace: add the English file and name it in `types.d.ts`; keys are then checked by the compiler.
 */
import i18next, { type BackendModule, type ReadCallback } from 'i18next'
import { initReactI18next } from 'react-i18next'
import common from './en/common.ts'
import navigation from './en/navigation.ts'

export const languages = ['en', 'fr', 'es', 'zh', 'ar'] as const
export type Language = (typeof languages)[number]

/** Each language in its own words, for the menu. */
export const languageNames: Record<Language, string> = { en: 'English', fr: 'Français', es: 'Español', zh: '中文', ar: 'العربية' }

export const directionOf = (language: string): 'ltr' | 'rtl' => (language === 'ar' ? 'rtl' : 'ltr')
export const isLanguage = (text: string | null | undefined): text is Language => languages.includes(text as Language)

// Issue texts are also read by the command line and therefore carry a name of their own.
type Texts = { default?: Record<string, unknown>; issueTexts?: Record<string, unknown> }
const files = import.meta.glob<Texts>(['./*/*.ts', '!./en/common.ts', '!./en/navigation.ts', '!./*/issues-*.ts'])

const textsOf = async (language: string, namespace: string): Promise<Record<string, unknown>> => {
  const texts = await files[`./${language}/${namespace}.ts`]?.()
  return texts?.default ?? texts?.issueTexts ?? {}
}

/** English comes with every language: a namespace counts as loaded once the language has it, and what the language lacks must be there then. */
const loadTexts = async (language: string, namespace: string): Promise<Record<string, unknown>> => {
  const [texts, english] = await Promise.all([textsOf(language, namespace), language === 'en' ? {} : textsOf('en', namespace)])
  if (language !== 'en') i18next.addResourceBundle('en', namespace, english, true, false)
  return texts
}

const backend: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read: (language: string, namespace: string, done: ReadCallback) => {
    loadTexts(language, namespace).then(
      (texts) => done(null, texts),
      (fault: unknown) => done(fault instanceof Error ? fault : new Error(String(fault)), true),
    )
  },
}

const key = 'portcullis.language'

/** The language chosen before on this browser, else the first of the browser's own that there is. */
export const initialLanguage = (): Language => {
  const chosen = localStorage.getItem(key)
  if (isLanguage(chosen)) return chosen
  return navigator.languages.map((tag) => tag.slice(0, 2)).find(isLanguage) ?? 'en'
}

/** Names of firms come in every script, whatever the language of the screens; the faces themselves are fetched only where they are needed. */
const loadChineseFaces = (): void => {
  // Without a connection other faces stand in, until there is one.
  import('./fonts-zh.ts').catch(() => window.addEventListener('online', loadChineseFaces, { once: true }))
}

const apply = (language: string): void => {
  document.documentElement.lang = language
  document.documentElement.dir = directionOf(language)
}

export const setLanguage = async (language: Language): Promise<void> => {
  localStorage.setItem(key, language)
  await i18next.changeLanguage(language)
}

export const startI18n = async (): Promise<void> => {
  i18next.on('languageChanged', apply)
  if (initialLanguage() === 'zh') loadChineseFaces()
  else setTimeout(loadChineseFaces, 2_000)
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: initialLanguage(),
      fallbackLng: 'en',
      supportedLngs: [...languages],
      ns: ['common', 'navigation'],
      defaultNS: 'common',
      partialBundledLanguages: true,
      resources: { en: { common, navigation } },
      // React escapes what it shows.
      interpolation: { escapeValue: false },
      returnNull: false,
      react: { useSuspense: true },
    })
}
