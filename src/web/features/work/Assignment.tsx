/** Who holds the case, with take, put back and give, where the case allows them. */
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseView } from '#schema/clearance'
import { useCan } from '../../app/session.ts'
import { Button } from '../../ui/Button.tsx'
import { ProblemNote } from '../../ui/IssueList.tsx'
import { useKeys } from '../../ui/keys.ts'
import { Row } from '../../ui/Layout.tsx'
import { toast } from '../../ui/toast.tsx'
import { type ActionId, actionsOf } from './actions.ts'
import { useCaseCommand } from './CaseDecision.tsx'
import { type Colleague, GiveDialog } from './GiveDialog.tsx'

export const Assignment = ({ view, me }: { view: CaseView; me: string }) => {
  const { t } = useTranslation('work')
  const can = useCan()
  const command = useCaseCommand(view)
  const [giving, setGiving] = useState(false)
  const { state } = view
  const actions = actionsOf(view, { personId: me, can })
  const find = (id: ActionId) => actions.find((action) => action.id === id)
  const run = async (id: ActionId, to?: Colleague): Promise<void> => {
    const action = find(id)
    if (!action) return
    const reply = await command.run({ action, words: { remarks: '', findings: [], to: to && { personId: to.personId, name: to.name } } })
    if (reply.ok)
      toast(to ? t('queue.given', { count: 1, name: to.name }) : id === 'take' ? t('queue.taken', { count: 1 }) : t('queue.returned', { count: 1 }), {
        tone: 'ok',
      })
  }
  useKeys(find('take') ? [{ keys: 't', label: t('action.take'), run: () => void run('take') }] : [], { group: t('panel.title') })
  const holder = state.assignedTo
  return (
    <div>
      <Row>
        <span>{holder ? (holder.personId === me ? t('panel.heldByMe') : t('panel.heldBy', { name: holder.name })) : t('panel.heldByNobody')}</span>
        {find('take') && (
          <Button size="sm" pending={command.pending} onClick={() => void run('take')}>
            {t('action.take')}
          </Button>
        )}
        {find('put-back') && (
          <Button size="sm" kind="quiet" pending={command.pending} onClick={() => void run('put-back')}>
            {t('action.put-back')}
          </Button>
        )}
        {find('give') && (
          <Button size="sm" kind="quiet" onClick={() => setGiving(true)}>
            {t('action.give')}
          </Button>
        )}
      </Row>
      {command.problem && <ProblemNote problem={command.problem} />}
      {giving && (
        <GiveDialog
          count={1}
          onClose={() => setGiving(false)}
          onGive={async (to) => {
            await run('give', to)
            setGiving(false)
          }}
        />
      )}
    </div>
  )
}
