/** Models of seals: which are certified, and how many devices wait for that. */
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { DeviceModelRow } from '#schema/supervision'
import { get, problemIn } from '../../../app/api.ts'
import { formatCount } from '../../../i18n/format.ts'
import { StatusBadge } from '../../../ui/Badge.tsx'
import { ProblemNote } from '../../../ui/IssueList.tsx'
import { Empty, Loading } from '../../../ui/Layout.tsx'
import { Page } from '../../../ui/Page.tsx'
import { Instant } from '../../../ui/Values.tsx'
import { modelAddress, modelsKey, modelsPath } from './models.ts'
import css from './seals.module.css'

const ModelsPage = () => {
  const { t, i18n } = useTranslation('seals')
  const found = useQuery({ queryKey: modelsKey, queryFn: ({ signal }) => get<DeviceModelRow[]>(modelsPath, {}, { signal }) })
  return (
    <Page title={t('models')} crumbs={[{ label: t('title'), to: '/supervision/seals' }]} narrow>
      {found.isPending && <Loading />}
      {found.error && <ProblemNote problem={problemIn(found.error)} onRetry={() => void found.refetch()} />}
      {found.data?.length === 0 && <Empty title={t('modelsNone')} />}
      <ul className={css.models}>
        {found.data?.map((model) => (
          <li key={modelAddress(model)} className={css.modelLink}>
            <Link to={modelAddress(model)}>
              {model.vendor} {model.model}
            </Link>
            <span className="muted">{model.title}</span>
            <span className="number">
              {formatCount(model.devices, i18n.language)} {t('devices')}
            </span>
            {model.certifiedAt ? (
              <span>
                <StatusBadge tone="ok">{t('certified')}</StatusBadge> <Instant at={model.certifiedAt} form="relative" />
              </span>
            ) : (
              <StatusBadge tone="warning">{t('waits')}</StatusBadge>
            )}
          </li>
        ))}
      </ul>
    </Page>
  )
}
export default ModelsPage
