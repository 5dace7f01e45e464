/**
 * The two sentences of an issue: what is wrong, and what to do. Texts stand under the issue's code in the namespaces `issues` (server) and
 * `problems` (browser); a code that nobody has written a text for shows itself.
 */
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { Issue } from '#kernel/issue.ts'

export type Sentences = { text: string; fix: string }
type LooseT = (keys: string | string[], options: Record<string, unknown>) => string

const namespaces = ['issues', 'problems'] as const

export const useIssueText = (): ((issue: Pick<Issue, 'code' | 'params'>) => Sentences) => {
  // Not waited for: a code for the first moment is better than a page that blinks.
  const { t } = useTranslation(['common', 'issues', 'problems'] as unknown as 'common', { useSuspense: false })
  return useCallback(
    ({ code, params }) => {
      const say = t as unknown as LooseT
      // A pattern is a programmer's word: in a form it only says that something is written otherwise than the field wants it.
      if (code === 'request.invalid' && params?.['rule'] === 'pattern') return { text: say('problems:form.does_not_fit.text', {}), fix: '' }
      const find = (part: 'text' | 'fix', otherwise: string): string =>
        say(
          namespaces.map((ns) => `${ns}:${code}.${part}`),
          { ...params, defaultValue: otherwise },
        )
      return { text: find('text', code), fix: find('fix', '') }
    },
    [t],
  )
}
