/** A declaration by its MRN. The side on which one stands decides what is at its foot: officers decide, the trade side asks. */
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { useCan } from '../../app/session.ts'
import { CaseActions, TraderBar } from './CaseActions.tsx'
import { CasePage } from './CasePage.tsx'

const CaseDecision = lazy(async () => ({ default: (await import('../work/CaseDecision.tsx')).CaseDecision }))
const CasePanel = lazy(async () => ({ default: (await import('../work/CasePanel.tsx')).CasePanel }))

const OfficerCase = ({ mrn }: { mrn: string }) => {
  const { t } = useTranslation('work')
  return (
    <CasePage
      mrn={mrn}
      actions={(view) => <CaseActions view={view} />}
      bar={(view) => (
        <Suspense>
          <CaseDecision view={view} />
        </Suspense>
      )}
      panel={{
        title: t('panel.title'),
        open: true,
        content: (view) => (
          <Suspense>
            <CasePanel view={view} />
          </Suspense>
        ),
      }}
    />
  )
}

const DeclarationPage = () => {
  const { mrn = '' } = useParams()
  const can = useCan()
  if (can('clearance:declaration:read')) return <OfficerCase key={mrn} mrn={mrn} />
  return <CasePage key={mrn} mrn={mrn} actions={(view) => <CaseActions view={view} />} bar={(view) => <TraderBar view={view} />} />
}

export default DeclarationPage
