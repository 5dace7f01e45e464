/**
 * The two sentences of an issue: what is wrong, and what to do. Texts stand under the issue's code in the namespaces `issues` (server) and
 * `problems` (browser); a code that nobody has written a text for shows itself.
 */
import { useCallback, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { Issue } from '#kernel/issue.ts'

export type Sentences = { text: string; fix: string }
type LooseT = (keys: string | string[], options: Record<string, unknown>) => string

const namespaces = ['issues', 'problems'] as const

export const useIssueText = (): ((issue: Pick<Issue, 'code' | 'params'>) => Sentences) => {
  const { i18n, t } = useTranslation()
  useEffect(() => {
    void i18n.loadNamespaces([...namespaces])
  }, [i18n])
  // Rendered again when the texts have come, because react-i18next listens to loaded resources (bindI18nStore).
  return useCallback(
    ({ code, params }) => {
      const say = t as unknown as LooseT
      const find = (part: 'text' | 'fix', otherwise: string): string => say(namespaces.map((ns) => `${ns}:${code}.${part}`), { ...params, defaultValue: otherwise })
      return { text: find('text', code), fix: find('fix', '') }
    },
    [t],
  )
}
