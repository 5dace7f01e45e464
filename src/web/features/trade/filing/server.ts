/** What the form asks of the server: saving, checking. What was typed and cannot be stored yet (half a code) is left out there, never lost here. */
import { useEffect, useRef, useState } from 'react'
import type { Issue } from '#kernel/issue.ts'
import type { DeclarationDocument } from '#schema/clearance'
import type { Assessment } from '#schema/duty'
import { send, type Reply } from '../../../app/api.ts'
import { tidy, without } from './document.ts'

/** Paths of a refused body that lie inside the document. */
const misfits = (issues: readonly Issue[], prefix: string): string[] =>
  issues
    .filter((issue) => issue.code === 'request.invalid' && issue.path.startsWith(`${prefix}/`))
    // Something missing inside a group makes the group unfit; the place itself is not there to be left out.
    .map(({ path, params }) => path.slice(prefix.length, params?.['rule'] === 'required' ? path.lastIndexOf('/') : undefined))

type Fitting<T> = { reply: Reply<T>; left: string[] }

/** Sends the document; places that do not fit its shape are left out and told in `left`. */
export const sendFitting = async <T>(
  method: 'POST' | 'PUT',
  path: string,
  document: DeclarationDocument,
  body: (fitting: DeclarationDocument) => unknown,
  prefix: string,
): Promise<Fitting<T>> => {
  let now = tidy(document)
  const left: string[] = []
  for (let tries = 0; ; tries += 1) {
    const reply = await send<T>(method, path, body(now))
    if (reply.ok || reply.problem.status !== 400 || tries === 3) return { reply, left }
    const wrong = misfits(reply.problem.issues, prefix)
    if (wrong.length === 0) return { reply, left }
    left.push(...wrong)
    now = tidy(without(now, wrong))
  }
}

type Answer = { issues: Issue[]; assessment: Assessment | null }
export type Checked = Answer & {
  state: 'idle' | 'checking' | 'failed'
  /** there was an answer: before that, nothing found says nothing */ answered: boolean
}

const waitMs = 700
const againMs = 8_000

/** Every issue and the duty as they would be, asked again a moment after each change; the last answer stands meanwhile. */
export const useCheck = (document: DeclarationDocument): Checked => {
  const [checked, setChecked] = useState<Checked>({ issues: [], assessment: null, state: 'checking', answered: false })
  const latest = useRef(0)
  const [tries, setTries] = useState(0)
  useEffect(() => {
    latest.current += 1
    const mine = latest.current
    setChecked((now) => ({ ...now, state: 'checking' }))
    let again: ReturnType<typeof setTimeout> | undefined
    const timer = setTimeout(
      async () => {
        const { reply, left } = await sendFitting<Answer>('POST', '/api/declarations/check', document, (fitting) => fitting, '')
        if (latest.current !== mine) return
        if (!reply.ok) {
          setChecked((now) => ({ ...now, state: 'failed' }))
          again = setTimeout(() => setTries((n) => n + 1), againMs)
          return
        }
        const unfit = left.map((path): Issue => ({ code: 'form.does_not_fit', severity: 'error', path }))
        setChecked({
          issues: [...unfit, ...reply.value.issues.filter((issue) => !left.includes(issue.path))],
          assessment: reply.value.assessment,
          state: 'idle',
          answered: true,
        })
        // What was there on arrival need not wait for anybody to stop typing.
      },
      mine === 1 ? 0 : waitMs,
    )
    return () => {
      clearTimeout(timer)
      if (again) clearTimeout(again)
    }
  }, [document, tries])
  return checked
}
