/** The form of a declaration with the server's live check as its own: an issue shows at its field once one has been there. */
import { useCallback, useState } from 'react'
import type { Issue } from '#kernel/issue.ts'
import type { DeclarationDocument } from '#schema/clearance'
import { useForm, type FormApi } from '../../../ui/form.tsx'
import { atField } from './document.ts'
import { useCheck, type Checked } from './server.ts'

const same = (a: readonly Issue[], b: readonly Issue[]): boolean => JSON.stringify(a) === JSON.stringify(b)

export const useFiling = (initial: DeclarationDocument): { form: FormApi<DeclarationDocument>; checked: Checked } => {
  const [issues, setIssues] = useState<readonly Issue[]>([])
  const validate = useCallback(() => issues, [issues])
  const form = useForm<DeclarationDocument>({ initial, validate })
  const checked = useCheck(form.value)
  const found = checked.issues.map(atField)
  if (!same(found, issues)) setIssues(found)
  return { form, checked }
}
