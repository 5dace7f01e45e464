/** One image in the workstation, with what is known of it in one line above. */
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { useCan } from '../../app/session.ts'
import { formatCount } from '../../i18n/format.ts'
import { StatusBadge } from '../../ui/Badge.tsx'
import { Page } from '../../ui/Page.tsx'
import { Id, Instant } from '../../ui/Values.tsx'
import { ImageStation } from './ImageStation.tsx'
import { useFindings, useOpened } from './station-data.ts'
import { VerdictBadge } from './VerdictBadge.tsx'
import css from './inspection.module.css'

const Facts = ({ id }: { id: string }) => {
  const { t, i18n } = useTranslation('viewer')
  const can = useCan()
  const { data } = useOpened(id)
  const findings = useFindings(id, can('inspection:finding:read'))
  if (!data) return null
  const { image } = data
  const size = [image.widthPx, image.heightPx].map((px) => formatCount(px, i18n.language)).join(' × ')
  return (
    <p className={css.facts}>
      <Id value={image.subject.id} label={t(`subject.${image.subject.kind}`)} />
      <span>{t(`subject.${image.subject.kind}`)}</span>
      <bdi className="mono">{image.scannerId}</bdi>
      <span>{t(`modality.${image.modality}`)}</span>
      <span className="number">{t('list.depth', { size, bits: image.depthBits })}</span>
      <Instant at={image.takenAt} />
      {image.column === 'simulated' && <StatusBadge tone="info">{t('list.simulated')}</StatusBadge>}
      <VerdictBadge verdict={findings.data?.[0]?.decision ?? null} />
    </p>
  )
}

const WorkstationPage = () => {
  const { id = '' } = useParams()
  const { t } = useTranslation('viewer')
  const { data } = useOpened(id)
  return (
    <Page
      fill
      title={data?.image.subject.id ?? t('list.image')}
      crumbs={[{ label: t('list.title'), to: '/inspection/images' }]}
      lead={<Facts id={id} />}
    >
      <ImageStation id={id} />
    </Page>
  )
}
export default WorkstationPage
