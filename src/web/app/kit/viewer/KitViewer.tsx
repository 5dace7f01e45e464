/** `/kit/viewer?image=dual|colour|volume|views`: the workstation alive on a phantom, without a server; `&blind` asks for a reading. Demo only. */
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { useQuery } from '@tanstack/react-query'
import { Empty, Loading } from '../../../ui/Layout.tsx'
import { Page } from '../../../ui/Page.tsx'
import { usePageState } from '../../../ui/page-store.ts'
import { Panel } from '../../shell/Panel.tsx'
import { demoQuery } from '../../session.ts'
import { develop } from '../../../viewer/pixels/develop.ts'
import { plainLook } from '../../../viewer/pixels/look.ts'
import { plainEnergies, plainTable } from '../../../viewer/pixels/material.ts'
import type { Pixels } from '../../../viewer/pixels/pixels.ts'
import { sliceOf, type Volume } from '../../../viewer/pixels/volume.ts'
import type { Reading, StationImage } from '../../../viewer/station.ts'
import { Workstation } from '../../../viewer/Workstation.tsx'
import { colourPhantom, dualPhantom, volumePhantom } from './phantom.ts'
import css from '../kit.module.css'

const imageOf = (id: string, pixels: Pixels, volume: Volume | null = null): StationImage => ({
  id,
  name: id,
  takenAt: null,
  pixels,
  energies: plainEnergies,
  table: plainTable,
  pitch: [1.5, 1.5],
  volume,
  boxes: volume ? [] : [{ name: 'Knife', confidence: 0.93, box: [36, 212, 154, 30] }],
  evidence: [],
  units: [],
  preview: null,
})

const imagesOf = (kind: string | null): StationImage[] => {
  if (kind === 'colour')
    return [
      imageOf(
        'colour',
        colourPhantom((pixels) => develop(pixels, plainLook, plainTable)),
      ),
    ]
  if (kind === 'views') return [imageOf('top', dualPhantom()), imageOf('side', dualPhantom())]
  if (kind !== 'volume') return [imageOf('dual', dualPhantom())]
  const volume = volumePhantom()
  return [imageOf('volume', sliceOf(volume, 'axial', 0), volume)]
}

const Station = () => {
  const { t } = useTranslation('kit')
  const [query] = useSearchParams()
  const kind = query.get('image')
  const isBlind = query.has('blind')
  const images = useMemo(() => imagesOf(kind), [kind])
  const [given, setGiven] = useState<Reading['given']>(null)
  const reading: Reading = {
    classes: [
      { id: 'gun', label: t('viewer.gun') },
      { id: 'knife', label: t('viewer.knife') },
    ],
    give: async (verdict, seen) => setGiven({ verdict, seen }),
    given,
  }
  return (
    <Page title={t('viewer.title')} fill lead={given && <p role="status">{t('viewer.given', { verdict: given.verdict, seen: given.seen ?? '' })}</p>}>
      <Workstation
        key={kind}
        id={`kit.${kind}`}
        images={images}
        boxes={isBlind && !given ? 'hidden' : images[0]!.boxes.length > 0 ? 'there' : 'none'}
        earlier={kind === 'volume' ? [] : [{ id: 'earlier', label: t('viewer.earlier') }]}
        loadEarlier={async (id) => ({ ...imageOf(id, dualPhantom()), name: t('viewer.earlier'), boxes: [] })}
        {...(isBlind && { reading })}
      />
    </Page>
  )
}

export const KitViewer = () => {
  const { t } = useTranslation(['kit', 'common'])
  const { data: demo, isPending } = useQuery(demoQuery)
  const { panel, panelOpen } = usePageState()
  if (isPending) return <Loading />
  if (!demo?.length) return <Empty title={t('common:notFound.title')} text={t('onlyDemo')} />
  return (
    <div className={css.viewer}>
      <main className={css.viewerMain}>
        <h1 className="visually-hidden">{t('viewer.title')}</h1>
        <Station />
      </main>
      {panel !== null && panelOpen && <Panel title={panel} />}
    </div>
  )
}
